using ImaNanoBanana.Masking;

namespace ImaNanoBanana.Tests.Errors;

/// <summary>The table of the careful client's section 6.</summary>
public class ImaExceptionTests
{
    /// <summary>M10. What was charged is never called free to submit again.</summary>
    [Theory]
    [InlineData(ImaErrorKind.InvalidRequest, ImaCharge.No, ImaRetryGuidance.ChangeRequest)]
    [InlineData(ImaErrorKind.BudgetExceeded, ImaCharge.No, ImaRetryGuidance.ChangeRequest)]
    [InlineData(ImaErrorKind.PriceChanged, ImaCharge.No, ImaRetryGuidance.ChangeRequest)]
    [InlineData(ImaErrorKind.OperationKeyConflict, ImaCharge.No, ImaRetryGuidance.ChangeRequest)]
    [InlineData(ImaErrorKind.CatalogUnavailable, ImaCharge.No, ImaRetryGuidance.SubmitAgain)]
    [InlineData(ImaErrorKind.UploadFailed, ImaCharge.No, ImaRetryGuidance.SubmitAgain)]
    [InlineData(ImaErrorKind.NotSent, ImaCharge.No, ImaRetryGuidance.SubmitAgain)]
    [InlineData(ImaErrorKind.RateLimited, ImaCharge.No, ImaRetryGuidance.SubmitAgain)]
    [InlineData(ImaErrorKind.Unauthorized, ImaCharge.No, ImaRetryGuidance.ChangeRequest)]
    [InlineData(ImaErrorKind.InsufficientCredits, ImaCharge.No, ImaRetryGuidance.ChangeRequest)]
    [InlineData(ImaErrorKind.Rejected, ImaCharge.No, ImaRetryGuidance.ChangeRequest)]
    [InlineData(ImaErrorKind.OutcomeUnknown, ImaCharge.Unknown, ImaRetryGuidance.CheckTask)]
    [InlineData(ImaErrorKind.TaskFailed, ImaCharge.Yes, ImaRetryGuidance.SubmitAgainAtNewCost)]
    [InlineData(ImaErrorKind.TimedOut, ImaCharge.Yes, ImaRetryGuidance.CheckTask)]
    [InlineData(ImaErrorKind.WatchFailed, ImaCharge.Yes, ImaRetryGuidance.CheckTask)]
    [InlineData(ImaErrorKind.TaskNotFound, ImaCharge.Unknown, ImaRetryGuidance.CheckTask)]
    [InlineData(ImaErrorKind.DownloadFailed, ImaCharge.Yes, ImaRetryGuidance.CheckTask)]
    public void Kind_says_what_was_spent_and_what_to_do_next(ImaErrorKind kind, ImaCharge charge, ImaRetryGuidance retry)
    {
        var exception = new ImaException(kind, "text");

        Assert.Equal((charge, retry), (exception.Charge, exception.RetryGuidance));
    }

    /// <summary>M10. Submitting again is only advised where nothing was charged.</summary>
    [Fact]
    public void Nothing_charged_is_submitted_again_without_a_decision() => Assert.All(
        Enum.GetValues<ImaErrorKind>().Select(kind => new ImaException(kind, "text")),
        error => Assert.True(error.Charge == ImaCharge.No
            ? error.RetryGuidance is ImaRetryGuidance.SubmitAgain or ImaRetryGuidance.ChangeRequest
            : error.RetryGuidance is ImaRetryGuidance.CheckTask or ImaRetryGuidance.SubmitAgainAtNewCost));

    [Fact]
    public void Every_kind_is_in_the_table() => Assert.Equal(
        Enum.GetValues<ImaErrorKind>().Length,
        typeof(ImaExceptionTests).GetMethod(
            nameof(Kind_says_what_was_spent_and_what_to_do_next))!.GetCustomAttributes(typeof(InlineDataAttribute), false).Length);

    [Fact]
    public void Quoted_words_of_the_service_are_one_bounded_line()
    {
        Assert.Equal("a b c", ForeignText.Line(" a\r\n\tb\n\n c "));
        Assert.Equal(303, ForeignText.Line(new string('x', 5000))!.Length);
        Assert.Null(ForeignText.Line(null));
    }
}
