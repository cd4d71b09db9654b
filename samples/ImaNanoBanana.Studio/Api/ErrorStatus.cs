namespace ImaNanoBanana.Studio.Api;

/// <summary>The HTTP status of each kind of error. Pure.</summary>
internal static class ErrorStatus
{
    public static int Of(ImaErrorKind kind) => kind switch
    {
        // The caller can change the request.
        ImaErrorKind.InvalidRequest => StatusCodes.Status400BadRequest,
        ImaErrorKind.Rejected => StatusCodes.Status422UnprocessableEntity,
        ImaErrorKind.BudgetExceeded => StatusCodes.Status402PaymentRequired,
        ImaErrorKind.PriceChanged => StatusCodes.Status409Conflict,
        ImaErrorKind.IdempotencyKeyConflict => StatusCodes.Status409Conflict,
        ImaErrorKind.TaskNotFound => StatusCodes.Status404NotFound,

        // The caller can wait. Nothing was charged.
        ImaErrorKind.RateLimited => StatusCodes.Status429TooManyRequests,
        ImaErrorKind.CatalogUnavailable or ImaErrorKind.UploadFailed or ImaErrorKind.NotSent => StatusCodes.Status503ServiceUnavailable,

        // The operator of the app must act: the API key, or the credits of its account. The caller cannot.
        ImaErrorKind.Unauthorized or ImaErrorKind.InsufficientCredits => StatusCodes.Status503ServiceUnavailable,

        // The service did not deliver. It was charged, or may have been.
        ImaErrorKind.TimedOut => StatusCodes.Status504GatewayTimeout,
        ImaErrorKind.OutcomeUnknown or ImaErrorKind.TaskFailed or ImaErrorKind.WatchFailed or ImaErrorKind.DownloadFailed =>
            StatusCodes.Status502BadGateway,
        _ => StatusCodes.Status500InternalServerError,
    };
}
