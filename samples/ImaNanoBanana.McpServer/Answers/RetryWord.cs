namespace ImaNanoBanana.Mcp.Answers;

/// <summary>Whether the call that failed may be repeated as it is.</summary>
internal static class RetryWord
{
    public const string Safe = "safe";
    public const string After = "after";
    public const string Never = "never";

    /// <param name="kind">What went wrong.</param>
    /// <param name="waits">Whether the service said how long to wait.</param>
    /// <param name="isSubmission">Whether the call may buy; one that asks for a task may always be repeated while that can change.</param>
    public static string FromKind(ImaErrorKind kind, bool waits, bool isSubmission) => kind switch
    {
        ImaErrorKind.CatalogUnavailable or ImaErrorKind.UploadFailed or ImaErrorKind.NotSent or ImaErrorKind.RateLimited =>
            waits ? After : Safe,
        ImaErrorKind.Unauthorized or ImaErrorKind.InsufficientCredits or ImaErrorKind.PriceChanged => After,
        ImaErrorKind.TimedOut or ImaErrorKind.WatchFailed or ImaErrorKind.DownloadFailed => isSubmission ? Never : Safe,

        // A task that failed is what an identical call returns: only a variation orders anew.
        _ => Never,
    };
}
