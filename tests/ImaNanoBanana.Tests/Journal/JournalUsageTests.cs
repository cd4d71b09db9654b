using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests.Client;
using ImaNanoBanana.Tests.Planning;

namespace ImaNanoBanana.Tests.Journal;

/// <summary>The tag of a request, and what the submissions of a journal cost.</summary>
public sealed class JournalUsageTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);

    private readonly TestTimeProvider _time = new();
    private readonly TestFolder _folder = new();
    private readonly ImaSimulator _simulator;

    public JournalUsageTests() => _simulator = new ImaSimulator(_time) { ProcessingTime = TimeSpan.Zero };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _simulator.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("team-a", true)]
    [InlineData("项目 1/ä", true)]
    [InlineData("", false)]
    [InlineData("  ", false)]
    [InlineData("a\nb", false)]
    public async Task Tag_is_one_short_line(string tag, bool isValid)
    {
        using var client = Client(null);
        var request = new ImageRequest("a puppy") { Tag = tag };

        if (isValid)
        {
            await client.QuoteAsync(request, Token);
            return;
        }

        var exception = await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(request, Token));
        Assert.Equal(
            (ImaErrorKind.InvalidRequest, ImaInvalidRequestReason.Parameter, "tag"),
            (exception.Kind, exception.InvalidRequestReason, exception.ParameterName));
        Assert.Empty(_simulator.Requests);
    }

    [Fact]
    public async Task Tag_has_at_most_64_characters()
    {
        using var client = Client(null);

        await client.QuoteAsync(new ImageRequest("a puppy") { Tag = new string('t', 64) }, Token);
        await Assert.ThrowsAsync<ImaException>(
            () => client.QuoteAsync(new ImageRequest("a puppy") { Tag = new string('t', 65) }, Token));
        await Assert.ThrowsAsync<ImaException>(() => client.QuoteAsync(new ImageRequest("a puppy") { Tag = "\ud800" }, Token));
    }

    [Theory]
    [InlineData("memory")]
    [InlineData("folder")]
    public async Task Tag_is_in_the_journal_and_never_sent(string journal)
    {
        using var client = Client(journal == "folder" ? Folder() : null);
        var request = new ImageRequest("a puppy") { Tag = "secret-project", IdempotencyKey = "order-1" };

        await client.GenerateAsync(request, Token);
        var again = await client.SubmitAsync(request with { Tag = "other" }, Token);

        var entry = await client.Journal.FindAsync("order-1", Token);
        Assert.Equal(("secret-project", TaskJournalState.Completed), (entry!.Tag, entry.State));
        Assert.Equal("task_sim_000001", again.Id);
        Assert.DoesNotContain(
            _simulator.Requests,
            sent => $"{sent.Body}{sent.Path}{string.Join(' ', sent.Headers)}".Contains("secret", StringComparison.Ordinal));
        Assert.DoesNotContain("secret", again.ToHandle(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tag_of_a_quoted_request_and_of_a_batch_is_recorded()
    {
        using var client = Client(Folder());
        await client.SubmitAsync(await client.QuoteAsync(new ImageRequest("a puppy") { Tag = "a" }, Token), Token);
        await foreach (var outcome in client.GenerateBatchAsync(
            [new ImageRequest("a kitten") { Tag = "b" }, new ImageRequest("a fox") { Tag = "b" }], cancellationToken: Token))
        {
            Assert.NotNull(outcome.Result);
        }

        var usage = await client.Journal.GetUsageAsync(cancellationToken: Token);

        Assert.Equal(
            [new ImageUsageGroup("a") { Submissions = 1, Images = 1, Credits = 6 },
                new ImageUsageGroup("b") { Submissions = 2, Images = 2, Credits = 12 }],
            usage.Groups);
        Assert.True(usage.IsComplete);
    }

    [Fact]
    public async Task Tag_is_not_a_part_of_what_is_requested()
    {
        var tagged = Plans.Request with { Tag = "team-a" };

        Assert.Equal(
            await Plans.Request.CreateContentKeyAsync(cancellationToken: Token),
            await tagged.CreateContentKeyAsync(cancellationToken: Token));
    }

    [Theory]
    [InlineData("memory")]
    [InlineData("folder")]
    public async Task Credits_and_images_are_summed_by_tag_model_and_day(string kind)
    {
        ITaskJournal journal = kind == "folder" ? Folder() : Client(null).Journal;
        foreach (var entry in Entries())
        {
            await journal.ClaimAsync(entry, Token);
        }

        var byTag = await journal.GetUsageAsync(cancellationToken: Token);
        var byModel = await journal.GetUsageAsync(by: ImageUsageGrouping.Model, cancellationToken: Token);
        var byDay = await journal.GetUsageAsync(by: ImageUsageGrouping.Day, cancellationToken: Token);

        Assert.Equal(
            [
                new ImageUsageGroup("") { Submissions = 1, Images = 1, Credits = 6, UnknownSubmissions = 1 },
                new ImageUsageGroup("a") { Submissions = 2, Images = 3, Credits = 30, FailedSubmissions = 1 },
                new ImageUsageGroup("b")
                {
                    Submissions = 1, Images = 1, Credits = 6, UnknownSubmissions = 2, UnknownImages = 5, UnknownCredits = 30,
                },
            ],
            byTag.Groups);
        Assert.Equal(["", "gemini-3-pro-image", "gemini-3.1-flash-image"], byModel.Groups.Select(group => group.Key));
        Assert.Equal([0m, 20m, 22m], byModel.Groups.Select(group => group.Credits));
        Assert.Equal(["2026-11-26", "2026-11-27", "2026-11-28"], byDay.Groups.Select(group => group.Key));
        var total = new ImageUsageGroup("")
        {
            Submissions = 4,
            Images = 5,
            Credits = 42,
            FailedSubmissions = 1,
            UnknownSubmissions = 3,
            UnknownImages = 5,
            UnknownCredits = 30,
        };
        Assert.All([byTag, byModel, byDay], usage => Assert.Equal(total, usage.Total));
        Assert.All([byTag, byModel, byDay], usage => Assert.Equal(kind == "folder", usage.IsComplete));
    }

    [Fact]
    public async Task Only_submissions_since_a_time_count()
    {
        var journal = Client(null).Journal;
        foreach (var entry in Entries())
        {
            await journal.ClaimAsync(entry, Token);
        }

        var usage = await journal.GetUsageAsync(Noon.AddHours(-1), ImageUsageGrouping.Day, Token);
        var none = await journal.GetUsageAsync(Noon.AddDays(1), cancellationToken: Token);

        Assert.Equal(["2026-11-28"], usage.Groups.Select(group => group.Key));
        Assert.Equal((new ImageUsageGroup(""), 0), (none.Total, none.Groups.Count));
    }

    /// <summary>What it may have cost is not known, so it must not be overlooked.</summary>
    [Fact]
    public async Task File_that_cannot_be_read_counts_as_an_unknown_submission()
    {
        using (var client = Client(Folder()))
        {
            await client.SubmitAsync(new ImageRequest("a puppy") { Tag = "a" }, Token);
        }

        await File.WriteAllTextAsync(Directory.GetFiles(_folder.Path).Single(), "{", Token);

        var usage = await Folder().GetUsageAsync(DateTimeOffset.UnixEpoch, cancellationToken: Token);

        Assert.Equal((0, 1, 0m), (usage.Total.Submissions, usage.Total.UnknownSubmissions, usage.Total.UnknownCredits));
    }

    [Fact]
    public async Task Unknown_submission_without_a_time_counts_whatever_the_period()
    {
        using var client = Client(null);
        await client.Journal.ClaimAsync(Entry("1", "a", TaskJournalState.Unknown, 0, 6, 1) with { ClaimedAt = default }, Token);
        await client.Journal.ClaimAsync(Entry("2", "a", TaskJournalState.Completed, 0, 6, 1) with { ClaimedAt = default }, Token);

        var usage = await client.Journal.GetUsageAsync(Noon, ImageUsageGrouping.Day, Token);

        Assert.Equal([new ImageUsageGroup("") { UnknownSubmissions = 1, UnknownImages = 1, UnknownCredits = 6 }], usage.Groups);
    }

    [Fact]
    public async Task Arguments_are_checked()
    {
        await Assert.ThrowsAsync<ArgumentNullException>("journal", () => ((ITaskJournal)null!).GetUsageAsync(cancellationToken: Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            "by", () => Folder().GetUsageAsync(by: (ImageUsageGrouping)9, cancellationToken: Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Folder().GetUsageAsync(cancellationToken: new CancellationToken(canceled: true)));
    }

    /// <summary>Charged, failed, accepted; unknown, claimed; without a tag; without anything that is known.</summary>
    private static IEnumerable<TaskJournalEntry> Entries() =>
    [
        Entry("1", "a", TaskJournalState.Completed, 1, 10, 2, ImageModel.NanoBananaPro),
        Entry("2", "a", TaskJournalState.Failed, 0, 10, 1),
        Entry("3", "b", TaskJournalState.Accepted, 0, 6, null),
        Entry("4", "b", TaskJournalState.Unknown, 2, 6, 4),
        Entry("5", "b", TaskJournalState.Claimed, 2, 6, 1),
        Entry("6", null, TaskJournalState.Completed, 0, 6, 1),
        new("7", "hash") { ClaimId = "7", State = TaskJournalState.Claimed, ClaimedAt = Noon },
    ];

    private static TaskJournalEntry Entry(
        string key, string? tag, TaskJournalState state, int daysAgo, decimal price, int? count, ImageModel? model = null) =>
        new(key, "hash")
        {
            ClaimId = key,
            Tag = tag,
            State = state,
            ClaimedAt = Noon.AddDays(-daysAgo),
            EndedAt = state is TaskJournalState.Completed or TaskJournalState.Failed ? Noon.AddDays(-daysAgo) : null,
            Task = new ImageTask("task_" + key)
            {
                Model = model ?? ImageModel.NanoBanana2,
                CreditsPerImage = price,
                Count = count,
            },
        };

    private FileTaskJournal Folder() => new(_folder.Path, timeProvider: _time);

    private ImaImageClient Client(ITaskJournal? journal) => new(
        new ImaNanoBananaOptions { ApiKey = "ima_test_key" },
        new ImaImageClientServices { PrimaryHandler = _simulator, TimeProvider = _time, Journal = journal });
}
