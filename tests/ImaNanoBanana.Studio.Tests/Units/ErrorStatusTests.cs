using System.Text.RegularExpressions;
using ImaNanoBanana.Studio.Api;
using ImaNanoBanana.Studio.Generating;
using ImaNanoBanana.Studio.Storage;
using ImaNanoBanana.Studio.Tests.Server;
using ImaNanoBanana.Studio.Texts;

namespace ImaNanoBanana.Studio.Tests.Units;

public sealed class ErrorStatusTests
{
    public static TheoryData<ImaErrorKind, int> Statuses => new()
    {
        { ImaErrorKind.InvalidRequest, 400 },
        { ImaErrorKind.BudgetExceeded, 402 },
        { ImaErrorKind.TaskNotFound, 404 },
        { ImaErrorKind.PriceChanged, 409 },
        { ImaErrorKind.IdempotencyKeyConflict, 409 },
        { ImaErrorKind.Rejected, 422 },
        { ImaErrorKind.RateLimited, 429 },
        { ImaErrorKind.OutcomeUnknown, 502 },
        { ImaErrorKind.TaskFailed, 502 },
        { ImaErrorKind.WatchFailed, 502 },
        { ImaErrorKind.DownloadFailed, 502 },
        { ImaErrorKind.CatalogUnavailable, 503 },
        { ImaErrorKind.UploadFailed, 503 },
        { ImaErrorKind.NotSent, 503 },
        { ImaErrorKind.Unauthorized, 503 },
        { ImaErrorKind.InsufficientCredits, 503 },
        { ImaErrorKind.TimedOut, 504 },
    };

    [Theory]
    [MemberData(nameof(Statuses))]
    public void Kind_has_its_status(ImaErrorKind kind, int status) => Assert.Equal(status, ErrorStatus.Of(kind));

    [Fact]
    public void Every_kind_has_a_status() =>
        Assert.Equal(Enum.GetValues<ImaErrorKind>().Order(), Statuses.Select(row => row.Data.Item1).Order());

    [Fact]
    public void Documentation_has_the_status_of_every_kind()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "web.md"));
        var rows = Regex.Matches(page, @"^\| `(\w+)` \| (\d+) \|", RegexOptions.Multiline)
            .ToDictionary(row => Enum.Parse<ImaErrorKind>(row.Groups[1].Value), row => int.Parse(row.Groups[2].Value, null));
        Assert.Equal(Statuses.Select(row => row.Data).Order(), rows.Select(row => (row.Key, row.Value)).Order());
    }

    [Fact]
    public void Every_kind_has_a_title_of_its_own_in_both_languages()
    {
        foreach (var language in new[] { ImaLanguage.English, ImaLanguage.Chinese })
        {
            var titles = Enum.GetValues<ImaErrorKind>().Select(kind => ErrorTitles.Of(kind, language)).ToList();
            Assert.Equal(titles.Count, titles.Distinct().Count());
        }
    }

    [Theory]
    [InlineData(ImaErrorKind.OutcomeUnknown, 0, "Unknown")]
    [InlineData(ImaErrorKind.TaskFailed, 0, "Failed")]
    [InlineData(ImaErrorKind.NotSent, 0, "Failed")]
    [InlineData(ImaErrorKind.BudgetExceeded, 0, "Failed")]
    [InlineData(ImaErrorKind.TaskNotFound, 0, "Failed")]
    [InlineData(ImaErrorKind.DownloadFailed, 0, "again after 5 s")]
    [InlineData(ImaErrorKind.DownloadFailed, 4, "again after 80 s")]
    [InlineData(ImaErrorKind.DownloadFailed, 5, "Failed")]
    [InlineData(ImaErrorKind.TimedOut, 1, "again after 10 s")]
    [InlineData(ImaErrorKind.WatchFailed, 2, "again after 20 s")]
    public void Image_that_was_charged_and_is_not_here_is_tried_again(ImaErrorKind kind, int attempts, string expected)
    {
        var decision = RunDecision.After(new ImaException(kind, "text"), attempts);
        Assert.Equal(expected, decision.End?.ToString() ?? $"again after {decision.Delay.TotalSeconds} s");
    }

    [Fact]
    public void Image_with_an_unknown_outcome_cannot_be_retried_by_a_click()
    {
        var order = new Order("x");
        var unknown = new ImageDetails { Error = new ImaException(ImaErrorKind.OutcomeUnknown, "text") };
        var failed = new ImageDetails { Error = new ImaException(ImaErrorKind.DownloadFailed, "text") };
        Assert.False(ImageDocument.CanBeRetried(new StoredImage("1", "v", "k", order, ImageState.Unknown, unknown)));
        Assert.True(ImageDocument.CanBeRetried(new StoredImage("1", "v", "k", order, ImageState.Failed, failed)));
    }
}
