namespace ImaNanoBanana;

/// <summary>
/// What went wrong. Each kind has one answer to "were credits spent?" (<see cref="ImaException.ChargeStatus"/>)
/// and one to "what next?" (<see cref="ImaException.RetryGuidance"/>).
/// </summary>
public enum ImaErrorKind
{
    /// <summary>The request cannot be ordered as it is. Refused by the SDK; nothing was sent.</summary>
    InvalidRequest,

    /// <summary>The order costs more than <see cref="ImageRequest.MaxCredits"/> allows. Nothing was sent.</summary>
    BudgetExceeded,

    /// <summary>
    /// The service refused the order because its price has changed, and the new price is more than was shown or allowed.
    /// Nothing was bought; ask for a new quote.
    /// </summary>
    PriceChanged,

    /// <summary>The idempotency key stands for another request. Nothing was ordered; use a new key for a new image.</summary>
    IdempotencyKeyConflict,

    /// <summary>The product list could not be read. Nothing was ordered.</summary>
    CatalogUnavailable,

    /// <summary>An image to work from could not be uploaded. Nothing was ordered.</summary>
    UploadFailed,

    /// <summary>The order never left this machine: the service could not be reached, or the journal not be written.</summary>
    NotSent,

    /// <summary>The service refuses orders for now because there were too many.</summary>
    RateLimited,

    /// <summary>The key is invalid or not authorised.</summary>
    Unauthorized,

    /// <summary>There are not enough credits for this order.</summary>
    InsufficientCredits,

    /// <summary>The service refused the order for another reason; see <see cref="ImaException.Code"/>.</summary>
    Rejected,

    /// <summary>
    /// The order went out and no answer says what became of it. It may have been bought. Also of an order with an operation
    /// key that is in this state already.
    /// </summary>
    OutcomeUnknown,

    /// <summary>The task ended without a single image.</summary>
    TaskFailed,

    /// <summary>The task was not finished when the watch's time was over. It goes on; watch it again.</summary>
    TimedOut,

    /// <summary>The service refuses to tell about the task. The task itself goes on; watch it again.</summary>
    WatchFailed,

    /// <summary>
    /// The service does not know a task with this id, and nothing else is known of it. Check the id. Whether it stands for a
    /// charged task is not known.
    /// </summary>
    TaskNotFound,

    /// <summary>A finished image could not be downloaded whole. It is still there; download it again.</summary>
    DownloadFailed,
}
