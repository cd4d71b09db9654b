namespace ImaNanoBanana;

/// <summary>
/// Specifies what went wrong. Each kind determines whether credits were spent (<see cref="ImaException.ChargeStatus"/>)
/// and what to do next (<see cref="ImaException.RetryGuidance"/>).
/// </summary>
public enum ImaErrorKind
{
    /// <summary>The request is not valid. The SDK rejected it; nothing was sent.</summary>
    InvalidRequest,

    /// <summary>
    /// The request costs more than <see cref="ImageRequest.MaxCredits"/> or a <see cref="CreditBudget"/> allows. Nothing was sent.
    /// </summary>
    BudgetExceeded,

    /// <summary>
    /// The service rejected the submission because its price has changed, and the new price is higher than the price that was shown
    /// or allowed. No credits were spent; get a new quote.
    /// </summary>
    PriceChanged,

    /// <summary>
    /// The idempotency key was used for a different request. Nothing was submitted; use a new key for a new image.
    /// </summary>
    IdempotencyKeyConflict,

    /// <summary>The product list could not be read. Nothing was submitted.</summary>
    CatalogUnavailable,

    /// <summary>A source image could not be uploaded. Nothing was submitted.</summary>
    UploadFailed,

    /// <summary>
    /// The create request was not sent: the service could not be reached, the journal could not be written, or the API key of a tenant
    /// could not be read.
    /// </summary>
    NotSent,

    /// <summary>The service temporarily rejects requests because there were too many.</summary>
    RateLimited,

    /// <summary>The API key is invalid or not authorised, or a tenant has none.</summary>
    Unauthorized,

    /// <summary>The account does not have enough credits for this request.</summary>
    InsufficientCredits,

    /// <summary>The service rejected the submission for another reason; see <see cref="ImaException.Code"/>.</summary>
    Rejected,

    /// <summary>
    /// The create request was sent, but no response says what became of it. Credits may have been spent. Also reported for a request
    /// whose idempotency key belongs to a submission in this state.
    /// </summary>
    OutcomeUnknown,

    /// <summary>The task ended without any image.</summary>
    TaskFailed,

    /// <summary>The task did not end before the watch timed out. The task continues; watch it again.</summary>
    TimedOut,

    /// <summary>The status of the task could not be read. The task itself continues; watch it again.</summary>
    WatchFailed,

    /// <summary>
    /// The service does not know a task with this id, and the SDK knows nothing else about the task. Check the id. Whether it
    /// belongs to a charged task is unknown.
    /// </summary>
    TaskNotFound,

    /// <summary>A finished image could not be downloaded completely. It is still available; download it again.</summary>
    DownloadFailed,
}
