using Microsoft.Extensions.AI;

namespace ImaNanoBanana;

/// <summary>
/// Names of additional properties. In <see cref="ImageGenerationOptions"/>, they set what the abstraction has no property for. On
/// the contents of a response, they describe what was submitted. The names are compared ignoring case.
/// </summary>
/// <remarks>
/// In options, a value of the wrong type causes an <see cref="ArgumentException"/>. So does an unknown name that starts with
/// <c>ima_</c>, and <c>max_credits</c> or <c>idempotency_key</c> without the prefix in any spelling, because a typo there can cost
/// credits. All other names are ignored. A null counts as not given. Values of options that were deserialized from JSON
/// (<see cref="System.Text.Json.JsonElement"/>) are supported too.
/// </remarks>
public static class ImaImageGenerationProperties
{
    /// <summary>
    /// The aspect ratio, a string or an <see cref="ImaNanoBanana.AspectRatio"/>: <see cref="ImageRequest.AspectRatio"/>. On a content:
    /// the aspect ratio that was submitted, a string.
    /// </summary>
    public const string AspectRatio = "ima_aspect_ratio";

    /// <summary>
    /// The size class, a string or an <see cref="ImageSize"/>: <see cref="ImageRequest.Size"/>. On a content: the size that was
    /// submitted, a string.
    /// </summary>
    public const string Size = "ima_size";

    /// <summary>
    /// The idempotency key, a string: <see cref="ImageRequest.IdempotencyKey"/>. With it, a generation that a middleware around the
    /// generator repeats is charged once.
    /// </summary>
    public const string IdempotencyKey = "ima_idempotency_key";

    /// <summary>
    /// The maximum price of the request in credits for all its images together, a number: <see cref="ImageRequest.MaxCredits"/>.
    /// </summary>
    public const string MaxCredits = "ima_max_credits";

    /// <summary>A <see cref="CreditBudget"/> that the price of the request is taken from: <see cref="ImageRequest.Budget"/>.</summary>
    public const string Budget = "ima_budget";

    /// <summary>Whether a smaller size may be submitted, a Boolean: <see cref="ImageRequest.AllowSmallerSize"/>.</summary>
    public const string AllowSmallerSize = "ima_allow_smaller_size";

    /// <summary>The version of the model, a string: <see cref="ImageRequest.ModelVersion"/>.</summary>
    public const string ModelVersion = "ima_model_version";

    /// <summary>The type of the task, a string or an <see cref="ImageTaskType"/>: <see cref="ImageRequest.TaskType"/>.</summary>
    public const string TaskType = "ima_task_type";

    /// <summary>
    /// The language of the labels in the product list, a string or an <see cref="ImaLanguage"/>: <see cref="ImageRequest.Language"/>.
    /// </summary>
    public const string Language = "ima_language";

    /// <summary>
    /// Additional parameters, a dictionary of <see cref="System.Text.Json.JsonElement"/>, a JSON object, or a string that contains one:
    /// <see cref="ImageRequest.Parameters"/>.
    /// </summary>
    public const string Parameters = "ima_parameters";

    /// <summary>
    /// On a content: the exact price of the whole submission in credits, a <see cref="decimal"/>. In
    /// <see cref="UsageDetails.AdditionalCounts"/>: the credits of this call's submission, rounded up to a whole number.
    /// </summary>
    public const string Credits = "ima_credits";

    /// <summary>
    /// On a content: the handle of its task, a string for <see cref="ImageTask.FromHandle"/> and for a
    /// <see cref="HostedFileContent"/>.
    /// </summary>
    public const string Task = "ima_task";

    /// <summary>
    /// On a content: the pixel size that <see cref="ImageGenerationOptions.ImageSize"/> requested, for example <c>1920x1080</c>, if
    /// <see cref="AspectRatio"/> and <see cref="Size"/> were submitted instead.
    /// </summary>
    public const string RequestedPixels = "ima_requested_pixels";

    /// <summary>
    /// On a <see cref="DataContent"/>: the pixels of the delivered image, for example <c>1024x1024</c>. Present only if the service
    /// delivered another size or aspect ratio than the one that was charged.
    /// </summary>
    public const string DeliveredPixels = "ima_delivered_pixels";

    /// <summary>
    /// On a content: the changes of <see cref="ImageTask.Adjustments"/> as a string, for example <c>size: 8K -> 4K</c>, separated by
    /// semicolons. Present only if there are any.
    /// </summary>
    public const string Adjustments = "ima_adjustments";

    /// <summary>
    /// On a content: why other images of its task failed or are missing, as a string, separated by semicolons. Present only if there are
    /// any.
    /// </summary>
    public const string Failures = "ima_failures";
}
