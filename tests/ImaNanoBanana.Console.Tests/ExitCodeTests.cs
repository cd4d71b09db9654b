using ImaNanoBanana.Cli.Running;

namespace ImaNanoBanana.Console.Tests;

public class ExitCodeTests
{
    /// <summary>Scripts depend on these codes; docs/console.md lists them.</summary>
    [Fact]
    public void Every_kind_of_error_has_its_code() => Assert.Equal(
        new Dictionary<ImaErrorKind, int>
        {
            [ImaErrorKind.InvalidRequest] = 2,
            [ImaErrorKind.BudgetExceeded] = 3,
            [ImaErrorKind.PriceChanged] = 3,
            [ImaErrorKind.IdempotencyKeyConflict] = 2,
            [ImaErrorKind.CatalogUnavailable] = 1,
            [ImaErrorKind.UploadFailed] = 1,
            [ImaErrorKind.NotSent] = 1,
            [ImaErrorKind.RateLimited] = 1,
            [ImaErrorKind.Unauthorized] = 4,
            [ImaErrorKind.InsufficientCredits] = 3,
            [ImaErrorKind.Rejected] = 1,
            [ImaErrorKind.OutcomeUnknown] = 6,
            [ImaErrorKind.TaskFailed] = 1,
            [ImaErrorKind.TimedOut] = 5,
            [ImaErrorKind.WatchFailed] = 1,
            [ImaErrorKind.TaskNotFound] = 2,
            [ImaErrorKind.DownloadFailed] = 1,
        },
        Enum.GetValues<ImaErrorKind>().ToDictionary(kind => kind, ExitCode.FromKind));
}
