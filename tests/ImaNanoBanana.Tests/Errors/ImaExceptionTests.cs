using ImaNanoBanana.Masking;

namespace ImaNanoBanana.Tests.Errors;

/// <summary>For each kind of error: what it cost and what to do next.</summary>
public class ImaExceptionTests
{
    /// <summary>A submission that was charged is never reported as free to submit again.</summary>
    [Theory]
    [InlineData(ImaErrorKind.InvalidRequest, ImaChargeStatus.NotCharged, ImaRetryGuidance.ChangeRequest)]
    [InlineData(ImaErrorKind.BudgetExceeded, ImaChargeStatus.NotCharged, ImaRetryGuidance.ChangeRequest)]
    [InlineData(ImaErrorKind.PriceChanged, ImaChargeStatus.NotCharged, ImaRetryGuidance.ChangeRequest)]
    [InlineData(ImaErrorKind.IdempotencyKeyConflict, ImaChargeStatus.NotCharged, ImaRetryGuidance.ChangeRequest)]
    [InlineData(ImaErrorKind.CatalogUnavailable, ImaChargeStatus.NotCharged, ImaRetryGuidance.SubmitAgain)]
    [InlineData(ImaErrorKind.UploadFailed, ImaChargeStatus.NotCharged, ImaRetryGuidance.SubmitAgain)]
    [InlineData(ImaErrorKind.NotSent, ImaChargeStatus.NotCharged, ImaRetryGuidance.SubmitAgain)]
    [InlineData(ImaErrorKind.RateLimited, ImaChargeStatus.NotCharged, ImaRetryGuidance.SubmitAgain)]
    [InlineData(ImaErrorKind.Unauthorized, ImaChargeStatus.NotCharged, ImaRetryGuidance.ChangeRequest)]
    [InlineData(ImaErrorKind.InsufficientCredits, ImaChargeStatus.NotCharged, ImaRetryGuidance.ChangeRequest)]
    [InlineData(ImaErrorKind.Rejected, ImaChargeStatus.NotCharged, ImaRetryGuidance.ChangeRequest)]
    [InlineData(ImaErrorKind.OutcomeUnknown, ImaChargeStatus.Unknown, ImaRetryGuidance.CheckTask)]
    [InlineData(ImaErrorKind.TaskFailed, ImaChargeStatus.Charged, ImaRetryGuidance.SubmitAgainAtNewCost)]
    [InlineData(ImaErrorKind.TimedOut, ImaChargeStatus.Charged, ImaRetryGuidance.CheckTask)]
    [InlineData(ImaErrorKind.WatchFailed, ImaChargeStatus.Charged, ImaRetryGuidance.CheckTask)]
    [InlineData(ImaErrorKind.TaskNotFound, ImaChargeStatus.Unknown, ImaRetryGuidance.CheckTask)]
    [InlineData(ImaErrorKind.DownloadFailed, ImaChargeStatus.Charged, ImaRetryGuidance.CheckTask)]
    public void Kind_determines_the_charge_and_the_retry_guidance(ImaErrorKind kind, ImaChargeStatus charge, ImaRetryGuidance retry)
    {
        var exception = new ImaException(kind, "text");

        Assert.Equal((charge, retry), (exception.ChargeStatus, exception.RetryGuidance));
    }

    /// <summary>Submitting again is advised only if nothing was charged.</summary>
    [Fact]
    public void Charged_submission_is_never_repeated_without_a_decision() => Assert.All(
        Enum.GetValues<ImaErrorKind>().Select(kind => new ImaException(kind, "text")),
        error => Assert.True(error.ChargeStatus == ImaChargeStatus.NotCharged
            ? error.RetryGuidance is ImaRetryGuidance.SubmitAgain or ImaRetryGuidance.ChangeRequest
            : error.RetryGuidance is ImaRetryGuidance.CheckTask or ImaRetryGuidance.SubmitAgainAtNewCost));

    [Fact]
    public void Every_kind_is_in_the_table() => Assert.Equal(
        Enum.GetValues<ImaErrorKind>().Length,
        typeof(ImaExceptionTests).GetMethod(
            nameof(Kind_determines_the_charge_and_the_retry_guidance))!.GetCustomAttributes(typeof(InlineDataAttribute), false).Length);

    [Fact]
    public void Quoted_message_of_the_service_is_one_bounded_line()
    {
        Assert.Equal("a b c", UntrustedText.Line(" a\r\n\tb\n\n c "));
        Assert.Equal(303, UntrustedText.Line(new string('x', 5000))!.Length);
        Assert.Null(UntrustedText.Line(null));
    }
}
