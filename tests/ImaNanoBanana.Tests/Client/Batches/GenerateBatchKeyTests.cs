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
        Assert.All(outcomes, outcome => Assert.Equal($"batch-7-{outcome.Number}", outcome.IdempotencyKey));
        Assert.All(outcomes, outcome => Assert.Null(outcome.Request!.IdempotencyKey));
        Assert.Equal(BatchShop.Requests(Count).Select(request => request.Prompt), _shop.Submitted);
        Assert.Equal(_shop.Simulator.Charges.Select(charge => charge.TaskId), outcomes.Select(outcome => outcome.Task!.Id).Order());
    }

    [Fact]
    public async Task Requests_keep_their_own_keys_and_every_request_counts()
    {
        ImageRequest[] requests = [new("one"), new("two") { IdempotencyKey = "order-2" }, null!, new("four")];

        var outcomes = await _shop.AllAsync(_shop.Client.GenerateBatchAsync(requests, Options with { MaxConcurrency = 1 }, Token));

        Assert.Equal(["batch-7-1", "order-2", "batch-7-3", "batch-7-4"], outcomes.Select(outcome => outcome.IdempotencyKey));
        Assert.Equal("batch-7-3", outcomes[2].Error!.IdempotencyKey);
    }

    [Fact]
    public async Task Another_request_in_the_place_of_one_is_a_conflict_and_submits_nothing()
    {
        await _shop.AllAsync(_shop.Client.GenerateBatchAsync(BatchShop.Requests(3), Options, Token));

        var outcomes = await _shop.AllAsync(_shop.Client.GenerateBatchAsync(BatchShop.Requests(3).Reverse(), Options, Token));

        Assert.Equal(
            [ImaErrorKind.IdempotencyKeyConflict, null, ImaErrorKind.IdempotencyKeyConflict],
            outcomes.OrderBy(outcome => outcome.Number).Select(outcome => outcome.Error?.Kind));
        Assert.Equal(3, _shop.Simulator.Charges.Count);
    }

    [Fact]
    public async Task Without_a_prefix_every_run_submits_again()
    {
        await _shop.AllAsync(_shop.Client.GenerateBatchAsync(BatchShop.Requests(3), cancellationToken: Token));
        await _shop.AllAsync(_shop.Client.GenerateBatchAsync(BatchShop.Requests(3), cancellationToken: Token));

        Assert.Equal(6, _shop.Simulator.Charges.Count);
    }

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
