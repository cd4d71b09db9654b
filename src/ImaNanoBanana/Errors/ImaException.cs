using ImaNanoBanana.Errors;
using ImaNanoBanana.Masking;
using ImaNanoBanana.Planning;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana;

/// <summary>
/// The one error type of the SDK. It says what went wrong, whether credits were spent and what to do next. It never holds the
/// key, a request or a response.
/// </summary>
public sealed class ImaException : Exception
{
    private string? _operationKey;

    /// <summary>Makes an error of a kind.</summary>
    /// <param name="kind">What went wrong.</param>
    /// <param name="message">The text for developers and logs, in English.</param>
    /// <param name="innerException">What caused it, or null.</param>
    public ImaException(ImaErrorKind kind, string message, Exception? innerException = null)
        : base(UntrustedText.Clean(message ?? ""), innerException) => Kind = kind;

    /// <summary>What went wrong.</summary>
    public ImaErrorKind Kind { get; }

    /// <summary>Whether credits were spent; follows from <see cref="Kind"/>.</summary>
    public ImaChargeStatus ChargeStatus => Kind switch
    {
        ImaErrorKind.OutcomeUnknown or ImaErrorKind.TaskNotFound => ImaChargeStatus.Unknown,
        ImaErrorKind.TaskFailed or ImaErrorKind.TimedOut or ImaErrorKind.WatchFailed or ImaErrorKind.DownloadFailed =>
            ImaChargeStatus.Charged,
        _ => ImaChargeStatus.NotCharged,
    };

    /// <summary>What to do next, and what submitting the same request again would do; follows from <see cref="Kind"/>.</summary>
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

    /// <summary>The service's code or the HTTP status, where one is the error (wire contract, envelope); else null.</summary>
    public int? Code { get; init; }

    /// <summary>
    /// What the service said about it, in its own words: one bounded line without control characters, without the queries of
    /// addresses and without the key; null where it said nothing. For a failed task the reason of its first image.
    /// </summary>
    public string? ServiceMessage
    {
        get;
        init => field = UntrustedText.Line(value);
    }

    /// <summary>How long the service asks to wait before the next request, where it says so (<c>Retry-After</c>); else null.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>
    /// The most credits that the order was allowed to cost: the price that was shown, or <see cref="ImageRequest.MaxCredits"/>.
    /// Set with <see cref="ImaErrorKind.PriceChanged"/> and <see cref="ImaErrorKind.BudgetExceeded"/>, else null.
    /// </summary>
    public decimal? AllowedCredits { get; init; }

    /// <summary>The credits that the order would cost; set where <see cref="AllowedCredits"/> is.</summary>
    public decimal? RequiredCredits { get; init; }

    /// <summary>What was changed about the order before it failed, as far as it was sent or tried.</summary>
    public IReadOnlyList<ImageAdjustment> Adjustments { get; init; } = [];

    /// <summary>Which rule refused the request; set with <see cref="ImaErrorKind.InvalidRequest"/> from planning, else null.</summary>
    public ImaInvalidRequestReason? InvalidRequestReason { get; init; }

    /// <summary>
    /// What is wrong with the images to work from, more precisely than <see cref="ImaInvalidRequestReason.Images"/> says.
    /// </summary>
    internal AdviceCause? ImageCause { get; init; }

    /// <summary>The values that are offered instead of the refused one, in the product list's order; may be empty.</summary>
    public IReadOnlyList<string> AllowedValues
    {
        get;
        init => field = [.. value.Select(text => UntrustedText.Clean(text))];
    } = [];

    /// <summary>The parameter that was refused, by its name on the wire or in the SDK; else null.</summary>
    public string? ParameterName { get; init; }

    /// <summary>The task, where one is known. Watching it again costs nothing.</summary>
    public ImageTask? Task { get; init; }

    /// <summary>
    /// The key of the purchase that failed, for logs, the journal and asking again with the same key; null where nothing was
    /// to be bought.
    /// </summary>
    public string? IdempotencyKey
    {
        get => _operationKey;
        init => _operationKey = value;
    }

    /// <summary>The images of the task that are ready although the watch failed.</summary>
    public IReadOnlyList<GeneratedImage> ReadyImages { get; init; } = [];

    /// <summary>The images of the task that failed, where the task is over.</summary>
    public IReadOnlyList<ImageFailure> Failures { get; init; } = [];

    /// <summary>Says which purchase this error is about, where its source could not know.</summary>
    internal void Belong(string? idempotencyKey) => _operationKey ??= idempotencyKey;
}
