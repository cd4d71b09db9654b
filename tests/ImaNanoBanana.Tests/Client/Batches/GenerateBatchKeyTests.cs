using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests.Journal;

namespace ImaNanoBanana.Tests.Client;

/// <summary>A named batch that is run again after an interruption: one charge for each request, and every image in the end.</summary>
public sealed class GenerateBatchKeyTests : IDisposable
{
    private const int Count = 30;

    private static readonly ImageBatchOptions Options = new() { MaxConcurrency = 4, IdempotencyKeyPrefix = "batch-7" };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly BatchShop _shop = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _shop.Dispose();
        TestFolder.Delete(_folder);
    }

    /// <summary>Interrupted with one outcome read and four tasks unfinished.</summary>
    [Theory]
    [InlineData("leave", 1, true)]
    [InlineData("leave", 13, true)]
    [InlineData("leave", 13, false)]
    [InlineData("leave", Count, true)]
    [InlineData("cancel", 1, true)]
    [InlineData("cancel", 13, true)]
    [InlineData("cancel", 13, false)]
    [InlineData("cancel", Count, false)]
    public async Task Interrupted_batch_run_again_submits_nothing_twice(string interruption, int after, bool isOtherProcess)
    {
        _shop.Simulator.ProcessingTime = TimeSpan.Zero;
        await InterruptedAsync(isOtherProcess ? _shop.NewClient(Files()) : _shop.Client, interruption == "cancel", after);

        Assert.Equal(Math.Min(after + 4, Count), _shop.Simulator.Charges.Count);
        _shop.Simulator.ProcessingTime = TimeSpan.Zero;
        _shop.Time.Advance(TimeSpan.FromSeconds(8));
        var again = isOtherProcess ? _shop.NewClient(Files()) : _shop.Client;
        var outcomes = new List<ImageOutcome>();
        await BatchShop.ReadAsync(again.GenerateBatchAsync(BatchShop.Requests(Count), Options, Token), outcomes);

        Assert.Equal(Count, outcomes.Count(outcome => outcome.Result is not null));
        foreach (var outcome in outcomes)
        {
            Assert.Equal(await KeyAsync(outcome.Request!), outcome.IdempotencyKey);
        }

        Assert.All(outcomes, outcome => Assert.Null(outcome.Request!.IdempotencyKey));
        Assert.Equal(BatchShop.Requests(Count).Select(request => request.Prompt), _shop.Submitted);
        Assert.Equal(_shop.Simulator.Charges.Select(charge => charge.TaskId), outcomes.Select(outcome => outcome.Task!.Id).Order());
    }

    [Fact]
    public async Task Requests_keep_their_own_keys_and_a_repeated_request_is_numbered()
    {
        ImageRequest[] requests =
            [new("one"), new("two") { IdempotencyKey = "order-2" }, null!, new("one"), new("two"), new("one"), new(" ")];

        var outcomes = await _shop.AllAsync(_shop.Client.GenerateBatchAsync(requests, Options, Token));

        var (one, two) = (await KeyAsync(requests[0]), await KeyAsync(requests[4]));
        Assert.Matches("^batch-7-[0-9a-f]{32}$", one);
        Assert.Equal(
            [one, "order-2", "", one + "-2", two, one + "-3", ""],
            outcomes.OrderBy(outcome => outcome.Number).Select(outcome => outcome.IdempotencyKey));
        Assert.Equal(["one", "one", "one", "two", "two"], _shop.Submitted);
    }

    /// <summary>The same requests in any sequence, with others between them: only the others are charged.</summary>
    [Theory]
    [InlineData("new,1,2,3,2", 1)]
    [InlineData("2,2,3,1", 0)]
    [InlineData("3", 0)]
    [InlineData("1,2,2,2,3", 1)]
    [InlineData("1,2,2,3,new,new", 2)]
    [InlineData("1,2,2,3", 0)]
    public async Task List_that_changed_is_charged_for_the_new_requests_only(string list, int charges)
    {
        await _shop.AllAsync(_shop.Client.GenerateBatchAsync(Prompts("1,2,3,2"), Options, Token));

        var again = _shop.NewClient();
        var outcomes = await _shop.AllAsync(again.GenerateBatchAsync(Prompts(list), Options, Token));

        Assert.All(outcomes, outcome => Assert.NotNull(outcome.Result));
        Assert.Equal(list.Split(',').Length, outcomes.Select(outcome => outcome.Task!.Id).Distinct().Count());
        Assert.Equal(4 + charges, _shop.Simulator.Charges.Count);
    }

    /// <summary>Limits, tags and the language are not a part of what is requested.</summary>
    [Fact]
    public async Task Limits_and_tags_do_not_change_the_key()
    {
        await _shop.AllAsync(_shop.Client.GenerateBatchAsync([new ImageRequest("one")], Options, Token));

        ImageRequest[] same = [new("one") { MaxCredits = 100, Tag = "spring", Language = ImaLanguage.Chinese }];
        var outcomes = await _shop.AllAsync(_shop.Client.GenerateBatchAsync(same, Options, Token));

        Assert.NotNull(Assert.Single(outcomes).Result);
        Assert.Single(_shop.Simulator.Charges);
    }

    [Fact]
    public async Task Local_images_are_compared_by_their_bytes()
    {
        var file = Path.Combine(_folder.FullName, "photo.png");
        await File.WriteAllBytesAsync(file, Png(1), Token);
        ImageRequest fromFile = new("oil painting") { Images = [ImageInput.FromFile(file)] };
        ImageRequest fromBytes = new("oil painting") { Images = [ImageInput.FromBytes(Png(1))] };
        ImageRequest other = new("oil painting") { Images = [ImageInput.FromBytes(Png(2))] };

        await _shop.AllAsync(_shop.Client.GenerateBatchAsync([fromFile], Options, Token));
        var outcomes = await _shop.AllAsync(_shop.Client.GenerateBatchAsync([other, fromBytes], Options, Token));

        Assert.All(outcomes, outcome => Assert.NotNull(outcome.Result));
        Assert.Equal(2, _shop.Simulator.Charges.Count);
    }

    [Fact]
    public async Task Image_that_cannot_be_read_is_an_outcome_and_submits_nothing()
    {
        var missing = ImageInput.FromFile(Path.Combine(_folder.FullName, "missing.png"));
        ImageRequest[] requests = [new("oil painting") { Images = [missing] }, new("two")];

        var outcomes = await _shop.AllAsync(_shop.Client.GenerateBatchAsync(requests, Options, Token));

        var failed = Assert.Single(outcomes, outcome => outcome.Error is not null);
        Assert.Equal((1, ImaErrorKind.InvalidRequest, ""), (failed.Number, failed.Error!.Kind, failed.IdempotencyKey));
        Assert.Equal(["two"], _shop.Submitted);
    }

    /// <summary>The journal of an earlier build has the keys batch-7-1, batch-7-2, and so on.</summary>
    [Fact]
    public async Task Unchanged_list_of_an_earlier_build_is_not_charged_again()
    {
        var requests = Prompts("1,2,2,3").ToArray();
        for (var number = 1; number <= requests.Length; number++)
        {
            await _shop.Client.SubmitAsync(requests[number - 1] with { IdempotencyKey = $"batch-7-{number}" }, Token);
        }

        var outcomes = await _shop.AllAsync(_shop.NewClient().GenerateBatchAsync(requests, Options, Token));

        Assert.Equal(
            ["batch-7-1", "batch-7-2", "batch-7-3", "batch-7-4"],
            outcomes.OrderBy(outcome => outcome.Number).Select(outcome => outcome.IdempotencyKey));
        Assert.Equal(4, _shop.Simulator.Charges.Count);
    }

    [Fact]
    public async Task Position_key_of_another_request_is_not_used()
    {
        await _shop.Client.SubmitAsync(new ImageRequest("other") { IdempotencyKey = "batch-7-1" }, Token);

        var outcomes = await _shop.AllAsync(_shop.Client.GenerateBatchAsync([new ImageRequest("one")], Options, Token));

        Assert.Equal(await KeyAsync(new ImageRequest("one")), Assert.Single(outcomes).IdempotencyKey);
        Assert.Equal(["one", "other"], _shop.Submitted);
    }

    /// <summary>It may have this request, so nothing is submitted instead of it.</summary>
    [Theory]
    [InlineData(TaskJournalState.Accepted, "task_7", null)]
    [InlineData(TaskJournalState.Unknown, null, ImaErrorKind.OutcomeUnknown)]
    public async Task Entry_under_a_position_key_that_could_not_be_read_completely_is_used(
        TaskJournalState state, string? task, ImaErrorKind? error)
    {
        await _shop.Journal.ClaimAsync(
            new TaskJournalEntry("batch-7-1", "")
            {
                ClaimId = "gone",
                State = state,
                ClaimedAt = _shop.Time.GetUtcNow(),
                Task = task is null ? null : new ImageTask(task) { IdempotencyKey = "batch-7-1" },
            },
            Token);

        var outcomes = await _shop.AllAsync(_shop.Client.GenerateBatchAsync([new ImageRequest("one")], Options, Token));

        var outcome = Assert.Single(outcomes);
        Assert.Equal(("batch-7-1", task), (outcome.IdempotencyKey, outcome.Task?.Id));
        Assert.Equal(error ?? outcome.Error?.Kind, outcome.Error?.Kind);
        Assert.Empty(_shop.Simulator.Charges);
    }

    /// <summary>Its submission was refused after this one had seen it, so this one claims the key anew, with an id of its own.</summary>
    [Fact]
    public async Task Position_key_that_becomes_free_is_claimed_anew()
    {
        var request = new ImageRequest("one");
        using var other = new BatchShop();
        await other.Client.SubmitAsync(request with { IdempotencyKey = "batch-7-1" }, Token);
        var known = (await other.Journal.FindAsync("batch-7-1", Token))!;
        await _shop.Journal.ClaimAsync(known, Token);
        var journal = new SpyJournal(_shop.Journal);
        journal.Before = name => name == "find" && journal.Calls.Count == 3
            ? _shop.Journal.RemoveAsync(known, Token)
            : Task.CompletedTask;

        var outcomes = await _shop.AllAsync(_shop.NewClient(journal).GenerateBatchAsync([request], Options, Token));

        Assert.Equal("batch-7-1", Assert.Single(outcomes).IdempotencyKey);
        Assert.Equal(["one"], _shop.Submitted);
        var entry = (await _shop.Journal.FindAsync("batch-7-1", Token))!;
        Assert.Equal(outcomes[0].Task!.Id, entry.Task!.Id);
        Assert.Matches("^[0-9a-f]{32}$", entry.ClaimId);
    }

    [Fact]
    public async Task Unknown_outcome_under_a_position_key_is_not_submitted_again()
    {
        _shop.Simulator.Script("create", new SimulatedFault { DropsConnection = true, AfterProcessing = true });
        await Assert.ThrowsAsync<ImaException>(
            () => _shop.Client.SubmitAsync(new ImageRequest("one") { IdempotencyKey = "batch-7-1" }, Token));

        var outcomes = await _shop.AllAsync(_shop.Client.GenerateBatchAsync([new ImageRequest("one")], Options, Token));

        var outcome = Assert.Single(outcomes);
        Assert.Equal((ImaErrorKind.OutcomeUnknown, "batch-7-1"), (outcome.Error!.Kind, outcome.IdempotencyKey));
        Assert.Single(_shop.Simulator.Charges);
    }

    [Fact]
    public async Task Without_a_prefix_every_run_submits_again()
    {
        await _shop.AllAsync(_shop.Client.GenerateBatchAsync(BatchShop.Requests(3), cancellationToken: Token));
        await _shop.AllAsync(_shop.Client.GenerateBatchAsync(BatchShop.Requests(3), cancellationToken: Token));

        Assert.Equal(6, _shop.Simulator.Charges.Count);
    }

    private static IEnumerable<ImageRequest> Prompts(string list) => list.Split(',').Select((word, index) =>
        new ImageRequest(word == "new" ? $"new {index}" : $"puppy {word}"));

    private static async Task<string> KeyAsync(ImageRequest request) =>
        (await request.CreateContentKeyAsync(cancellationToken: Token)).Replace("sha256", "batch-7", StringComparison.Ordinal);

    private static byte[] Png(byte content) => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, content];

    private FileTaskJournal Files() => new(_folder.FullName, timeProvider: _shop.Time);

    private async Task InterruptedAsync(ImaImageClient client, bool cancels, int after)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var outcomes = 0;
        try
        {
            await foreach (var outcome in client.GenerateBatchAsync(BatchShop.Requests(Count), Options, cancel.Token))
            {
                if (++outcomes != after)
                {
                    continue;
                }

                _shop.Simulator.ProcessingTime = TimeSpan.FromSeconds(8);
                await _shop.Gate.ArrivedAsync(Math.Min(after + 4, Count));
                if (!cancels)
                {
                    break;
                }

                await cancel.CancelAsync();
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
        }
    }
}
