namespace ImaNanoBanana.Tests.Client;

/// <summary>How a batch flows: a limited number at once, and no further than the caller reads.</summary>
public sealed class GenerateBatchFlowTests : IDisposable
{
    private readonly BatchShop _shop = new(isOpen: false);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _shop.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public async Task Creates_in_flight_never_exceed_the_concurrency(int count)
    {
        var all = _shop.AllAsync(_shop.Client.GenerateBatchAsync(BatchShop.Requests(24), BatchShop.AtOnce(count), Token));
        for (var done = 0; done < 24; done += count)
        {
            await _shop.Gate.ArrivedAsync(done + count);
            await BatchShop.SettleAsync();
            Assert.Equal(done + count, _shop.Gate.Creates);
            _shop.Gate.Answer(count);
        }

        Assert.Equal(24, (await all).Count);
        Assert.Equal(count, _shop.Gate.MostInFlight);
    }

    [Fact]
    public async Task Default_is_eight()
    {
        var all = _shop.AllAsync(_shop.Client.GenerateBatchAsync(BatchShop.Requests(24), cancellationToken: Token));
        await _shop.Gate.ArrivedAsync(8);
        await BatchShop.SettleAsync();
        Assert.Equal(8, _shop.Gate.Creates);
        _shop.Gate.Answer(24);

        Assert.Equal(24, (await all).Count);
    }

    /// <summary>The second request is answered first, and outcomes arrive in the order in which they end.</summary>
    [Fact]
    public async Task Outcomes_arrive_as_they_end_with_the_numbers_of_the_requests()
    {
        var ends = Enumerable.Range(0, 3).Select(
            _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).ToList();
        var client = new FakeClient((request, _) => GenerateAsync(int.Parse(request.Prompt, null)));
        var numbers = new List<int>();

        ends[1].SetResult();
        await foreach (var outcome in client.GenerateBatchAsync([new("0"), new("1"), new("2")], cancellationToken: Token))
        {
            numbers.Add(outcome.Number!.Value);
            Assert.Equal($"task_{outcome.Number - 1}", outcome.Task!.Id);
            ends[numbers.Count == 1 ? 2 : 0].TrySetResult();
        }

        Assert.Equal([2, 3, 1], numbers);

        async IAsyncEnumerable<ImageProgress> GenerateAsync(int index)
        {
            await ends[index].Task;
            yield return FakeClient.Completed($"task_{index}");
        }
    }

    [Fact]
    public async Task Request_is_read_only_when_there_is_a_slot_for_it()
    {
        var pulled = 0;
        var endless = Endless().Select(request => (Interlocked.Increment(ref pulled), request).request);
        await using var reader = _shop.Client.GenerateBatchAsync(endless, BatchShop.AtOnce(3), Token).GetAsyncEnumerator(Token);

        var first = reader.MoveNextAsync().AsTask();
        await _shop.Gate.ArrivedAsync(3);
        await BatchShop.SettleAsync();
        Assert.Equal(3, pulled);

        _shop.Gate.Answer(1);
        await _shop.RunAsync(() => first);
        await _shop.Gate.ArrivedAsync(4);
        await BatchShop.SettleAsync();
        Assert.Equal(4, pulled);
        _shop.Gate.Answer(100);
    }

    /// <summary>The caller does not read. Unread outcomes fill the slots, and no further create is sent.</summary>
    [Fact]
    public async Task Reader_that_pauses_stops_the_submissions()
    {
        _shop.Gate.Answer(1000);
        await using var reader = _shop.Client.GenerateBatchAsync(
            BatchShop.Requests(100), BatchShop.AtOnce(4), Token).GetAsyncEnumerator(Token);
        await _shop.RunAsync(() => reader.MoveNextAsync().AsTask());

        await _shop.Gate.ArrivedAsync(5);
        for (var pause = 0; pause < 20; pause++)
        {
            _shop.Time.Advance(TimeSpan.FromSeconds(5));
            await BatchShop.SettleAsync();
        }

        // The caller has one outcome; four are waiting to be read.
        Assert.Equal(5, _shop.Gate.Creates);
        for (var read = 1; read <= 4; read++)
        {
            await _shop.RunAsync(() => reader.MoveNextAsync().AsTask());
        }

        await _shop.Gate.ArrivedAsync(9);
    }

    [Fact]
    public async Task Source_that_blocks_does_not_block_the_reader()
    {
        using var release = new SemaphoreSlim(0);
        await using var reader = _shop.Client.GenerateBatchAsync(Blocking(), cancellationToken: Token).GetAsyncEnumerator(Token);

        var first = reader.MoveNextAsync().AsTask();
        Assert.False(first.IsCompleted);
        release.Release();
        await _shop.Gate.ArrivedAsync(1);
        _shop.Gate.Answer(1);
        await _shop.RunAsync(() => first);
        Assert.Equal(1, reader.Current.Number);

        IEnumerable<ImageRequest> Blocking()
        {
            release.Wait(Token);
            yield return new ImageRequest("a puppy");
        }
    }

    private static IEnumerable<ImageRequest> Endless()
    {
        while (true)
        {
            yield return new ImageRequest("a puppy");
        }
    }
}
