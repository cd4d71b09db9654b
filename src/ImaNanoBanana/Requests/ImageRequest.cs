using System.Collections.ObjectModel;
using System.Text.Json.Serialization;
using System.Text.Json;

namespace ImaNanoBanana;

/// <summary>
/// Describes the image to generate. Immutable: you can reuse and copy a request, but every use is a new submission that is charged
/// again unless the request has an <see cref="IdempotencyKey"/>. Values that you do not set are taken from the defaults of the
/// product list. Values that the product list does not offer are rejected before anything is sent, and the error lists the
/// available values.
/// </summary>
/// <remarks>
/// System.Text.Json writes and reads a request without loss, for queues and databases, whatever the app's options are. A request with a
/// local image or a <see cref="Budget"/> is not written (<see cref="NotSupportedException"/>). JSON with a member of the wrong type is
/// not read (<see cref="System.Text.Json.JsonException"/>); unknown members are ignored.
/// </remarks>
/// <param name="Prompt">
/// The description of the image. It is sent unchanged, and rejected if it is empty or consists only of white space.
/// </param>
[JsonConverter(typeof(ImageRequestsJsonConverter))]
public sealed record ImageRequest(string Prompt)
{
    private static ReadOnlyDictionary<string, JsonElement> NoParameters => ReadOnlyDictionary<string, JsonElement>.Empty;

    /// <summary>
    /// The model; null for <see cref="ImageModel.NanoBanana2"/>. Models other than the two Nano Banana models are rejected.
    /// </summary>
    public ImageModel? Model { get; init; }

    /// <summary>The exact id of a version of the model; null for the newest. See <see cref="ImageModelInfo.Version"/>.</summary>
    public string? ModelVersion { get; init; }

    /// <summary>
    /// The size class; null for the model's default. <c>512</c> means <c>512px</c>. <c>8K</c> is submitted as <c>4K</c>, which is
    /// reported as an <see cref="ImageAdjustment"/>.
    /// </summary>
    public ImageSize? Size { get; init; }

    /// <summary>The aspect ratio (width to height); null for the model's default.</summary>
    public AspectRatio? AspectRatio { get; init; }

    /// <summary>The number of images, each charged at the model's price; null for the model's default, usually 1.</summary>
    public int? Count { get; init; }

    /// <summary>
    /// The source images, in sequence. If the list is empty, the image is generated from the prompt alone. The allowed number of
    /// source images depends on the model and is usually 1 to 14. The list is copied: later changes to it do not reach the request.
    /// </summary>
    public IReadOnlyList<ImageInput> Images { get; init => field = Copy(value); } = [];

    /// <summary>The type of the task; null to derive it from <see cref="Images"/>.</summary>
    public ImageTaskType? TaskType { get; init; }

    /// <summary>
    /// Additional parameters by their names in the service's API. Parameters that the product list defines for the model are checked
    /// against that definition; others are sent unchanged. A JSON null counts as not set. See <see cref="ImageParameters.Parse"/>.
    /// The dictionary and its values are copied: later changes to it do not reach the request, and a <see cref="JsonDocument"/> from
    /// which a value comes may be disposed.
    /// </summary>
    public IReadOnlyDictionary<string, JsonElement> Parameters { get; init => field = Copy(value); } = NoParameters;

    /// <summary>
    /// The maximum price in credits for all images of the request together; null for no limit. A more expensive request is rejected
    /// before it is submitted.
    /// </summary>
    public decimal? MaxCredits { get; init; }

    /// <summary>
    /// A budget that applies to this request in addition to the client's budget; null for none. A request that costs more than the
    /// remaining credits is rejected before it is submitted. Many requests can share one budget.
    /// </summary>
    public CreditBudget? Budget { get; init; }

    /// <summary>The budget of the batch that contains the request; null outside a batch.</summary>
    internal CreditBudget? BatchBudget { get; init; }

    /// <summary>The name of the batch that contains the request; null outside a batch or if the batch has no name.</summary>
    internal string? BatchName { get; init; }

    /// <summary>The key that an earlier build gave to the request; null for none. It is used if it has this request.</summary>
    internal string? EarlierKey { get; init; }

    /// <summary>
    /// Whether the SDK may submit a smaller size if the service fails with code 500 for the requested size. The SDK then uses the
    /// next smaller size that is offered, at most twice, never below the model's default and never more expensive. The change is
    /// reported as an <see cref="ImageAdjustment"/>.
    /// </summary>
    /// <value>False by default: the call fails with an error.</value>
    public bool AllowSmallerSize { get; init; }

    /// <summary>
    /// The idempotency key, up to 200 characters: for example, the order number of your app. A key never submits twice: the same
    /// request with the same key returns the existing task and is not charged again, and a different request with the same key
    /// fails with <see cref="ImaErrorKind.IdempotencyKeyConflict"/>. The client remembers the key for 24 hours; if the client was
    /// given a journal, the key is remembered as long as the journal keeps it. The key is not a secret and appears in logs.
    /// </summary>
    /// <value>Null by default: every use of the request is a new submission with a new key and is charged again.</value>
    public string? IdempotencyKey { get; init; }

    /// <summary>
    /// A tag for the costs of your app, up to 64 characters: for example, a project, a team or a user. The journal keeps it with the
    /// submission, and <c>GetUsageAsync</c> sums credits by it. It is never sent to the service and is not a part of what is requested:
    /// the same idempotency key with another tag returns the existing task, which keeps its first tag. The tag is not a secret.
    /// </summary>
    /// <value>Null by default: the submission has no tag.</value>
    public string? Tag { get; init; }

    /// <summary>The language of the labels in the product list; null for the client's language.</summary>
    public ImaLanguage? Language { get; init; }

    /// <summary>Null stays null: a call with such a request is rejected. What is already a copy is not copied again.</summary>
    private static IReadOnlyList<ImageInput> Copy(IReadOnlyList<ImageInput> images) => images switch
    {
        null or CopiedImages => images!,
        { Count: 0 } => [],
        _ => new CopiedImages([.. images]),
    };

    /// <summary>A value that is not set stays as it is.</summary>
    private static IReadOnlyDictionary<string, JsonElement> Copy(IReadOnlyDictionary<string, JsonElement> parameters) => parameters switch
    {
        null or CopiedParameters => parameters!,
        { Count: 0 } => NoParameters,
        _ => new CopiedParameters(parameters.ToDictionary(
            static parameter => parameter.Key,
            static parameter => parameter.Value.ValueKind == JsonValueKind.Undefined ? default : parameter.Value.Clone())),
    };

    private sealed class CopiedImages(IList<ImageInput> images) : ReadOnlyCollection<ImageInput>(images);

    private sealed class CopiedParameters(IDictionary<string, JsonElement> parameters)
        : ReadOnlyDictionary<string, JsonElement>(parameters);
}
