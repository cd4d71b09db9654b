using Microsoft.Extensions.AI;

namespace ImaNanoBanana;

/// <summary>
/// Names of additional properties. Those of <see cref="ImageGenerationOptions"/> say what the abstraction has no property for;
/// those of the contents of a response say what was ordered. The names are compared ignoring case.
/// </summary>
/// <remarks>
/// In options, a value of another type is an <see cref="ArgumentException"/>, and so is a name that starts with <c>ima_</c> and
/// is none of these, or <c>max_credits</c> or <c>idempotency_key</c> without the prefix in any spelling: a typo there costs
/// credits. Other names belong to others and are ignored. A null counts as not given. What options read back from JSON hold
/// (<see cref="System.Text.Json.JsonElement"/>) is read too.
/// </remarks>
public static class ImaImageGenerationProperties
{
    /// <summary>
    /// The ratio, a text or an <see cref="ImaNanoBanana.AspectRatio"/>: <see cref="ImageRequest.AspectRatio"/>. On a content: the
    /// ratio that was ordered, a text.
    /// </summary>
    public const string AspectRatio = "ima_aspect_ratio";

    /// <summary>
    /// The size class, a text or an <see cref="ImageSize"/>: <see cref="ImageRequest.Size"/>. On a content: the size that was
    /// ordered, a text.
    /// </summary>
    public const string Size = "ima_size";

    /// <summary>
    /// The key of the purchase, a text: <see cref="ImageRequest.IdempotencyKey"/>. With it, a generation that something around
    /// the generator repeats is bought once.
    /// </summary>
    public const string IdempotencyKey = "ima_idempotency_key";

    /// <summary>
    /// The most credits that the order may cost, all its images together; a number: <see cref="ImageRequest.MaxCredits"/>.
    /// </summary>
    public const string MaxCredits = "ima_max_credits";

    /// <summary>A <see cref="CreditBudget"/> that the order is paid from: <see cref="ImageRequest.Budget"/>.</summary>
    public const string Budget = "ima_budget";

    /// <summary>Whether a smaller size may be ordered, a truth value: <see cref="ImageRequest.AllowSmallerSize"/>.</summary>
    public const string AllowSmallerSize = "ima_allow_smaller_size";

    /// <summary>The version of the model, a text: <see cref="ImageRequest.ModelVersion"/>.</summary>
    public const string ModelVersion = "ima_model_version";

    /// <summary>What the task does, a text or an <see cref="ImageTaskType"/>: <see cref="ImageRequest.TaskType"/>.</summary>
    public const string TaskType = "ima_task_type";

    /// <summary>
    /// The language of the product list's labels, a text or an <see cref="ImaLanguage"/>: <see cref="ImageRequest.Language"/>.
    /// </summary>
    public const string Language = "ima_language";

    /// <summary>
    /// Further parameters, a dictionary of <see cref="System.Text.Json.JsonElement"/>, a JSON object, or a text that holds one:
    /// <see cref="ImageRequest.Parameters"/>.
    /// </summary>
    public const string Parameters = "ima_parameters";

    /// <summary>
    /// On a content: the price of the whole order in credits, exactly, a <see cref="decimal"/>. In
    /// <see cref="UsageDetails.AdditionalCounts"/>: the credits that the call ordered for, rounded up to a whole number.
    /// </summary>
    public const string Credits = "ima_credits";

    /// <summary>
    /// On a content: the handle of its task, a text for <see cref="ImageTask.FromHandle"/> and for a
    /// <see cref="HostedFileContent"/>.
    /// </summary>
    public const string Task = "ima_task";

    /// <summary>
    /// On a content: the pixels that <see cref="ImageGenerationOptions.ImageSize"/> asked for, <c>1920x1080</c>, where
    /// <see cref="AspectRatio"/> and <see cref="Size"/> were ordered instead.
    /// </summary>
    public const string RequestedPixels = "ima_requested_pixels";

    /// <summary>
    /// On a content: the changes of <see cref="ImageTask.Adjustments"/> as a text, <c>size: 8K -> 4K</c>, several with
    /// semicolons between them; only where there are any.
    /// </summary>
    public const string Adjustments = "ima_adjustments";

    /// <summary>
    /// On a content: why other images of its order failed, a text, several with semicolons between them; only where some did.
    /// </summary>
    public const string Failures = "ima_failures";
}
