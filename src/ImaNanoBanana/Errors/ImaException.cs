using System.Text.Json.Serialization;
using ImaNanoBanana.Errors;
using ImaNanoBanana.Masking;
using ImaNanoBanana.Planning;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana;

/// <summary>
/// Represents an error of the SDK. It says what went wrong, whether credits were spent and what to do next. It is the only exception
/// type for such errors, and it never contains the API key, a request or a response.
/// </summary>
/// <remarks>
/// System.Text.Json writes and reads the data of an error, without the inner exception and the stack. A kind that this version does
/// not know is read as <see cref="ImaErrorKind.OutcomeUnknown"/>.
/// </remarks>
[JsonConverter(typeof(ImageErrorsJsonConverter))]
public sealed class ImaException : Exception
{
    private string? _operationKey;
    private string _addition = "";

    /// <summary>Initializes an error of the given kind.</summary>
    /// <param name="kind">What went wrong.</param>
    /// <param name="message">The message for developers and logs, in English.</param>
    /// <param name="innerException">The cause of the error, or null.</param>
    public ImaException(ImaErrorKind kind, string message, Exception? innerException = null)
        : base(UntrustedText.Clean(message ?? ""), innerException) => Kind = kind;

    /// <inheritdoc/>
    public override string Message => _addition.Length == 0 ? base.Message : base.Message + _addition;

    /// <summary>Gets what went wrong.</summary>
    public ImaErrorKind Kind { get; }

    /// <summary>Gets whether credits were spent; determined by <see cref="Kind"/>.</summary>
    public ImaChargeStatus ChargeStatus => Kind switch
    {
        ImaErrorKind.OutcomeUnknown or ImaErrorKind.TaskNotFound => ImaChargeStatus.Unknown,
        ImaErrorKind.TaskFailed or ImaErrorKind.TimedOut or ImaErrorKind.WatchFailed or ImaErrorKind.DownloadFailed =>
            ImaChargeStatus.Charged,
        _ => ImaChargeStatus.NotCharged,
    };

    /// <summary>
    /// Gets what to do next and what submitting the same request again would do; determined by <see cref="Kind"/>.
    /// </summary>
    public ImaRetryGuidance RetryGuidance => Kind switch
    {
        ImaErrorKind.CatalogUnavailable or ImaErrorKind.UploadFailed or ImaErrorKind.NotSent or ImaErrorKind.RateLimited =>
            ImaRetryGuidance.SubmitAgain,
        ImaErrorKind.TaskFailed => ImaRetryGuidance.SubmitAgainAtNewCost,
        ImaErrorKind.OutcomeUnknown or ImaErrorKind.TaskNotFound or ImaErrorKind.TimedOut or ImaErrorKind.WatchFailed
            or ImaErrorKind.DownloadFailed
            => ImaRetryGuidance.CheckTask,
        _ => ImaRetryGuidance.ChangeRequest,
    };

    /// <summary>The error code of the service or the HTTP status, if the error is based on one; otherwise null.</summary>
    public int? Code { get; init; }

    /// <summary>
    /// The message that the service returned with the error: one line of limited length, without control characters, without the
    /// queries of URLs and without the API key; null if there was none. For a failed task, it is the reason of its first image.
    /// </summary>
    public string? ServiceMessage
    {
        get;
        init => field = UntrustedText.Line(value);
    }

    /// <summary>
    /// The time to wait before the next request: as the service requests it (<c>Retry-After</c>) or, for
    /// <see cref="ImaErrorKind.BudgetExceeded"/>, until enough credits of a budget in memory are free again. Null if it is unknown.
    /// </summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>
    /// The maximum number of credits that the submission was allowed to cost: the price that was shown, or
    /// <see cref="ImageRequest.MaxCredits"/>. Set for <see cref="ImaErrorKind.PriceChanged"/> and
    /// <see cref="ImaErrorKind.BudgetExceeded"/>; otherwise null.
    /// </summary>
    public decimal? AllowedCredits { get; init; }

    /// <summary>The credits that the submission would cost; set if <see cref="AllowedCredits"/> is set.</summary>
    public decimal? RequiredCredits { get; init; }

    /// <summary>
    /// The changes that were made to the request before it failed, as far as a changed request was submitted or tried.
    /// </summary>
    public IReadOnlyList<ImageAdjustment> Adjustments { get; init; } = [];

    /// <summary>
    /// The rule that rejected the request; set for <see cref="ImaErrorKind.InvalidRequest"/> from planning, otherwise null.
    /// </summary>
    public ImaInvalidRequestReason? InvalidRequestReason { get; init; }

    /// <summary>
    /// The problem with the source images, more specific than <see cref="ImaInvalidRequestReason.Images"/>.
    /// </summary>
    internal AdviceCause? ImageCause { get; init; }

    /// <summary>
    /// The values that are available instead of the rejected value, in the sequence of the product list; can be empty.
    /// </summary>
    public IReadOnlyList<string> AllowedValues
    {
        get;
        init => field = [.. value.Select(text => UntrustedText.Clean(text))];
    } = [];

    /// <summary>The name of the rejected parameter in the service's API or in the SDK; otherwise null.</summary>
    public string? ParameterName { get; init; }

    /// <summary>The task, or null if none is known. Watching it again costs no credits.</summary>
    public ImageTask? Task { get; init; }

    /// <summary>
    /// The idempotency key of the failed submission, for logs, the journal and another call with the same key; null if the call was
    /// not a submission.
    /// </summary>
    public string? IdempotencyKey
    {
        get => _operationKey;
        init => _operationKey = value;
    }

    /// <summary>The images of the task that are ready although the watch or the download failed.</summary>
    public IReadOnlyList<GeneratedImage> ReadyImages { get; init; } = [];

    /// <summary>The failed images of the task.</summary>
    public IReadOnlyList<ImageFailure> Failures { get; init; } = [];

    /// <summary>Adds a sentence that the source of the error did not know.</summary>
    internal void AddToMessage(string text) => _addition += UntrustedText.Clean(text);

    /// <summary>Sets the idempotency key of the submission if the source of the error did not know it.</summary>
    internal void Belong(string? idempotencyKey) => _operationKey ??= idempotencyKey;
}
