namespace ImaNanoBanana.Mcp.Answers;

/// <summary>The values of <c>retry</c>: whether a failed call may be repeated unchanged.</summary>
internal static class RetryWord
{
    public const string Safe = "safe";
    public const string After = "after";
    public const string Never = "never";

    /// <param name="kind">The kind of the error.</param>
    /// <param name="waits">Whether the service said how long to wait.</param>
    /// <param name="isSubmission">Whether the call may be charged. A call that gets a task may be repeated as long as its result can
    /// change.</param>
    public static string FromKind(ImaErrorKind kind, bool waits, bool isSubmission) => kind switch
    {
        ImaErrorKind.CatalogUnavailable or ImaErrorKind.UploadFailed or ImaErrorKind.NotSent or ImaErrorKind.RateLimited =>
            waits ? After : Safe,
        ImaErrorKind.Unauthorized or ImaErrorKind.InsufficientCredits or ImaErrorKind.PriceChanged => After,
        ImaErrorKind.TimedOut or ImaErrorKind.WatchFailed or ImaErrorKind.DownloadFailed => isSubmission ? Never : Safe,

        // An identical call returns the failed task. Only a variation submits it again.
        _ => Never,
    };
}
