namespace ImaNanoBanana.Tests.Errors;

/// <summary>The table of the careful client's section 6.</summary>
public class ImaExceptionTests
{
    [Theory]
    [InlineData(ImaErrorKind.InvalidRequest, ImaCharge.No, ImaRetry.Useless)]
    [InlineData(ImaErrorKind.BudgetExceeded, ImaCharge.No, ImaRetry.Useless)]
    [InlineData(ImaErrorKind.PriceChanged, ImaCharge.No, ImaRetry.Useless)]
    [InlineData(ImaErrorKind.OperationKeyConflict, ImaCharge.No, ImaRetry.Useless)]
    [InlineData(ImaErrorKind.CatalogUnavailable, ImaCharge.No, ImaRetry.Safe)]
    [InlineData(ImaErrorKind.UploadFailed, ImaCharge.No, ImaRetry.Safe)]
    [InlineData(ImaErrorKind.NotSent, ImaCharge.No, ImaRetry.Safe)]
    [InlineData(ImaErrorKind.RateLimited, ImaCharge.No, ImaRetry.Safe)]
    [InlineData(ImaErrorKind.Unauthorized, ImaCharge.No, ImaRetry.Useless)]
    [InlineData(ImaErrorKind.InsufficientCredits, ImaCharge.No, ImaRetry.Useless)]
    [InlineData(ImaErrorKind.Rejected, ImaCharge.No, ImaRetry.Useless)]
    [InlineData(ImaErrorKind.OutcomeUnknown, ImaCharge.Unknown, ImaRetry.Dangerous)]
    [InlineData(ImaErrorKind.TaskFailed, ImaCharge.Yes, ImaRetry.Safe)]
    [InlineData(ImaErrorKind.TimedOut, ImaCharge.Yes, ImaRetry.Dangerous)]
    [InlineData(ImaErrorKind.WatchFailed, ImaCharge.Yes, ImaRetry.Dangerous)]
    [InlineData(ImaErrorKind.TaskNotFound, ImaCharge.Unknown, ImaRetry.Dangerous)]
    [InlineData(ImaErrorKind.DownloadFailed, ImaCharge.Yes, ImaRetry.Dangerous)]
    public void Kind_says_what_was_spent_and_whether_to_order_again(ImaErrorKind kind, ImaCharge charge, ImaRetry retry)
    {
        var exception = new ImaException(kind, "text");

        Assert.Equal((charge, retry), (exception.Charge, exception.Retry));
    }

    [Fact]
    public void Every_kind_is_in_the_table() => Assert.Equal(
        Enum.GetValues<ImaErrorKind>().Length,
        typeof(ImaExceptionTests).GetMethod(nameof(Kind_says_what_was_spent_and_whether_to_order_again))!.GetCustomAttributes(typeof(InlineDataAttribute), false).Length);

    [Fact]
    public void Quoted_words_of_the_service_are_one_bounded_line()
    {
        Assert.Equal("a b c", ErrorText.Bounded(" a\r\n\tb\n\n c "));
        Assert.Equal(303, ErrorText.Bounded(new string('x', 5000))!.Length);
        Assert.Null(ErrorText.Bounded(null));
    }
}
