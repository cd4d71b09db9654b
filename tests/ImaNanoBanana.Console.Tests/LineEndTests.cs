using ImaNanoBanana.Cli.Batch;
using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Cli.Running;

namespace ImaNanoBanana.Console.Tests;

/// <summary>What another run of a batch does with a line that has no result.</summary>
public sealed class LineEndTests
{
    private static readonly ImageTask Task6 = new("task") { CreditsPerImage = 6, Count = 1 };

    [Theory]
    [InlineData(ImaErrorKind.InvalidRequest, nameof(LineEnd.ToChange))]
    [InlineData(ImaErrorKind.IdempotencyKeyConflict, nameof(LineEnd.ToChange))]
    [InlineData(ImaErrorKind.Rejected, nameof(LineEnd.ToChange))]
    [InlineData(ImaErrorKind.TaskFailed, nameof(LineEnd.ToChange))]
    [InlineData(ImaErrorKind.TaskNotFound, nameof(LineEnd.ToChange))]
    [InlineData(ImaErrorKind.OutcomeUnknown, nameof(LineEnd.Unknown))]
    [InlineData(ImaErrorKind.TimedOut, nameof(LineEnd.InProgress))]
    [InlineData(ImaErrorKind.WatchFailed, nameof(LineEnd.ToRunAgain))]
    [InlineData(ImaErrorKind.DownloadFailed, nameof(LineEnd.ToRunAgain))]
    [InlineData(ImaErrorKind.BudgetExceeded, nameof(LineEnd.ToRunAgain))]
    [InlineData(ImaErrorKind.InsufficientCredits, nameof(LineEnd.ToRunAgain))]
    [InlineData(ImaErrorKind.PriceChanged, nameof(LineEnd.ToRunAgain))]
    [InlineData(ImaErrorKind.Unauthorized, nameof(LineEnd.ToRunAgain))]
    [InlineData(ImaErrorKind.CatalogUnavailable, nameof(LineEnd.ToRunAgain))]
    [InlineData(ImaErrorKind.UploadFailed, nameof(LineEnd.ToRunAgain))]
    [InlineData(ImaErrorKind.NotSent, nameof(LineEnd.ToRunAgain))]
    [InlineData(ImaErrorKind.RateLimited, nameof(LineEnd.ToRunAgain))]
    public void Each_kind_of_error_has_an_end(ImaErrorKind kind, string expected) => Assert.Equal(
        expected,
        LineEnds.FromFailure(new() { Kind = kind.ToString(), ExitCode = ExitCode.FromKind(kind), Message = "" }).ToString());

    [Theory]
    [InlineData(ImaChargeStatus.Charged, nameof(LineEnd.InProgress), "0 of 1 done, 6 credits in all, still in progress: 1 (charged).")]
    [InlineData(ImaChargeStatus.NotCharged, nameof(LineEnd.NotSubmitted), "0 of 1 done, 0 credits in all.")]
    [InlineData(ImaChargeStatus.Unknown, nameof(LineEnd.Unknown), "0 of 1 done, 0 credits in all, 1 failed.")]
    public void An_interruption_is_no_failure_if_the_charge_is_known(ImaChargeStatus charge, string expected, string summary)
    {
        var failure = new ErrorFacts
        {
            Kind = "Interrupted",
            ExitCode = ExitCode.Interrupted,
            Message = "",
            Charge = charge.ToString(),
        };
        var totals = new BatchTotals(1);

        totals.Add(charge == ImaChargeStatus.Charged ? Task6 : null, failure, isEarlier: false);

        Assert.Equal(expected, LineEnds.FromFailure(failure).ToString());
        Assert.Equal(summary, totals.Summary(new Wording(ImaLanguage.English)));
    }

    /// <summary>The service may still deliver images that it had not listed when the wait ended.</summary>
    [Fact]
    public void Images_that_are_not_listed_yet_are_not_finished_in_time()
    {
        var totals = new BatchTotals(1);

        totals.Add(new ImageResult(Task6, []) { MissingCount = 2 }, isEarlier: false);

        Assert.Equal(ExitCode.Timeout, totals.ExitCode);
        Assert.Equal(
            "All 1 done, 6 credits in all, images not ready yet: 2 (charged).", totals.Summary(new Wording(ImaLanguage.English)));
    }
}
