using ImaNanoBanana.Messages;

namespace ImaNanoBanana.Tests.Messages;

/// <summary>After which failures a message offers to try again.</summary>
public class RetryOfferTests
{
    [Theory]
    [InlineData(ImaErrorKind.NotSent, true)]
    [InlineData(ImaErrorKind.RateLimited, true)]
    [InlineData(ImaErrorKind.CatalogUnavailable, true)]
    [InlineData(ImaErrorKind.UploadFailed, true)]
    [InlineData(ImaErrorKind.TaskFailed, true)]
    [InlineData(ImaErrorKind.OutcomeUnknown, false)]
    [InlineData(ImaErrorKind.TimedOut, false)]
    [InlineData(ImaErrorKind.WatchFailed, false)]
    [InlineData(ImaErrorKind.DownloadFailed, false)]
    [InlineData(ImaErrorKind.BudgetExceeded, false)]
    [InlineData(ImaErrorKind.IdempotencyKeyConflict, false)]
    [InlineData(ImaErrorKind.Unauthorized, true)]
    [InlineData(ImaErrorKind.InsufficientCredits, true)]
    [InlineData(ImaErrorKind.PriceChanged, true)]
    public void Offer_follows_the_kind(ImaErrorKind kind, bool isOffered) =>
        Assert.Equal(isOffered, RetryOffer.IsMade(new ImaException(kind, "message")));

    [Theory]
    [InlineData(ImaInvalidRequestReason.Prompt, false)]
    [InlineData(ImaInvalidRequestReason.Model, false)]
    [InlineData(ImaInvalidRequestReason.Count, false)]
    [InlineData(ImaInvalidRequestReason.Images, false)]
    [InlineData(ImaInvalidRequestReason.Phrase, false)]
    [InlineData(ImaInvalidRequestReason.Parameter, true)]
    public void Invalid_request_is_offered_again_only_where_the_assistant_specifies_it(ImaInvalidRequestReason reason, bool isOffered) =>
        Assert.Equal(
            isOffered,
            RetryOffer.IsMade(new ImaException(ImaErrorKind.InvalidRequest, "message") { InvalidRequestReason = reason }));
}
