using System.Collections.ObjectModel;
using System.Text.Json;

namespace ImaNanoBanana;

/// <summary>
/// What to generate. A value: it may be reused and copied, and every use buys anew unless it has an <see cref="IdempotencyKey"/>.
/// What is not given is taken from the
/// product list's defaults; what the product list does not offer is refused before anything is sent, with the list of
/// what it offers (wire contract, careful client, section 1).
/// </summary>
/// <param name="Prompt">What the image shows. Sent unchanged; refused when it is empty or only white space.</param>
public sealed record ImageRequest(string Prompt)
{
    /// <summary>The model; null for <see cref="ImageModel.NanoBanana2"/>. Models other than the two Nano Banana ones are refused.</summary>
    public ImageModel? Model { get; init; }

    /// <summary>A version of the model, by its exact id; null for the newest. See <see cref="ImageModelInfo.Version"/>.</summary>
    public string? ModelVersion { get; init; }

    /// <summary>
    /// The size class; null for the model's default. <c>512</c> means <c>512px</c>. <c>8K</c> is ordered as <c>4K</c>,
    /// and an <see cref="ImageAdjustment"/> says so.
    /// </summary>
    public ImageSize? Size { get; init; }

    /// <summary>The ratio of width to height; null for the model's default.</summary>
    public AspectRatio? AspectRatio { get; init; }

    /// <summary>How many images, each at the model's price; null for the model's default, usually 1.</summary>
    public int? Count { get; init; }

    /// <summary>
    /// The images to work from, in order; none makes an image from the prompt alone. How many are allowed depends on the
    /// model, usually 1 to 14.
    /// </summary>
    public IReadOnlyList<ImageInput> Images { get; init; } = [];

    /// <summary>What the task does; null to follow from <see cref="Images"/>.</summary>
    public ImageTaskType? TaskType { get; init; }

    /// <summary>
    /// Further parameters by their names on the wire. Those that the model's form knows are checked against it; others are
    /// passed through untouched. A JSON null counts as not given. See <see cref="ImageParameters.Parse"/>.
    /// </summary>
    public IReadOnlyDictionary<string, JsonElement> Parameters { get; init; } = ReadOnlyDictionary<string, JsonElement>.Empty;

    /// <summary>
    /// The most that the order may cost, in credits, all its images together; null for no limit. A dearer order is refused
    /// before it is sent.
    /// </summary>
    public decimal? MaxCredits { get; init; }

    /// <summary>
    /// A budget that this order is paid from, besides the client's own; null for none. An order that costs more than is left is
    /// refused before it is sent. The same budget may be on many requests.
    /// </summary>
    public CreditBudget? Budget { get; init; }

    /// <summary>The budget of the batch that the request is run in; null outside of one.</summary>
    internal CreditBudget? BatchBudget { get; init; }

    /// <summary>The name of the batch that the request is run in; null outside of one, or where it has none.</summary>
    internal string? BatchName { get; init; }

    /// <summary>
    /// Whether a smaller size may be ordered when the service fails to take the order with the one asked for (code 500): the
    /// next one on offer, not below the model's default and never dearer, at most twice. An <see cref="ImageAdjustment"/>
    /// says so.
    /// </summary>
    /// <value>False by default: the refusal is an error.</value>
    public bool AllowSmallerSize { get; init; }

    /// <summary>
    /// The key of the purchase, up to 200 characters: an order number, for example. The same key means the same purchase: the
    /// same request returns the task there is and buys nothing, another request is the error
    /// <see cref="ImaErrorKind.IdempotencyKeyConflict"/> (wire contract, careful client, section 7). It is remembered for 24
    /// hours by this client, or by the journal it was given for as long as that keeps it; it is no secret and stands in logs.
    /// </summary>
    /// <value>Null by default: every use of the request buys anew, under a key of its own.</value>
    public string? IdempotencyKey { get; init; }

    /// <summary>The language of the product list's labels; null for the client's.</summary>
    public ImaLanguage? Language { get; init; }
}
