namespace ImaNanoBanana.Cli.Running;

/// <summary>The exit codes of the program (docs/console.md).</summary>
internal static class ExitCode
{
    public const int Ok = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int Credits = 3;
    public const int Key = 4;
    public const int Timeout = 5;
    public const int OutcomeUnknown = 6;
    public const int Output = 7;
    public const int Interrupted = 130;

    /// <summary>Images that were charged and are missing are not a success.</summary>
    public static int FromResult(ImageResult result) => result.Failures.Count + result.MissingCount == 0 ? Ok : Failed;

    public static int FromKind(ImaErrorKind kind) => kind switch
    {
        ImaErrorKind.InvalidRequest or ImaErrorKind.IdempotencyKeyConflict or ImaErrorKind.TaskNotFound => Usage,
        ImaErrorKind.InsufficientCredits or ImaErrorKind.BudgetExceeded or ImaErrorKind.PriceChanged => Credits,
        ImaErrorKind.Unauthorized => Key,
        ImaErrorKind.TimedOut => Timeout,
        ImaErrorKind.OutcomeUnknown => OutcomeUnknown,
        _ => Failed,
    };
}
