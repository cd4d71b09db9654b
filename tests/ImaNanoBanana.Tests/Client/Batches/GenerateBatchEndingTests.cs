namespace ImaNanoBanana.Tests.Client;

/// <summary>A batch that ends before its requests do: nothing more is submitted, and no charged task is lost.</summary>
public sealed class GenerateBatchEndingTests : IDisposable
{
    private readonly BatchShop _shop = new(isOpen: false);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IEnumerable<string> Ledger => _shop.Simulator.Charges.Select(charge => charge.TaskId);

    public void Dispose() => _shop.Dispose();

    /// <summary>
    /// The loop ends with one outcome read, one task watched and three creates in flight. All five are in the journal for the next
    /// process.
    /// </summary>
    [Fact]
    public async Task Leaving_waits_for_creates_in_flight_and_the_journal_has_their_tasks()
    {
        var reader = _shop.Client.GenerateBatchAsync(BatchShop.Requests(50), BatchShop.AtOnce(4), Token).GetAsyncEnumerator(Token);
        var first = reader.MoveNextAsync().AsTask();
        await _shop.Gate.ArrivedAsync(4);
        _shop.Gate.Answer(1);
        await _shop.RunAsync(() => first);
        await _shop.Gate.ArrivedAsync(5);
        _shop.Gate.Answer(1);

        var leave = reader.DisposeAsync().AsTask();
        await BatchShop.SettleAsync();
        Assert.False(leave.IsCompleted);
        _shop.Gate.Answer(50);
        await leave;

        Assert.Equal(5, _shop.Gate.Creates);
        Assert.Equal(Ledger, await _shop.JournalAsync(TaskJournalState.Accepted));
        Assert.Equal(
            Ledger, (await _shop.AllAsync(_shop.Client.ResumeAsync(cancellationToken: Token))).Select(outcome => outcome.Task!.Id).Order());
    }

    /// <summary>A result that was ready but never read does not count as delivered.</summary>
    [Fact]
    public async Task Leaving_keeps_unread_results_for_resuming()
    {
        _shop.Gate.Answer(1000);
        await _shop.RunAsync(async () =>
        {
            await foreach (var outcome in _shop.Client.GenerateBatchAsync(BatchShop.Requests(50), BatchShop.AtOnce(4), Token))
            {
                if (outcome.Number == 10)
                {
                    break;
                }
            }
        });

        var completed = (await _shop.JournalAsync(TaskJournalState.Completed)).ToList();
        var left = (await _shop.JournalAsync(TaskJournalState.Accepted)).ToList();
        Assert.InRange(completed.Count, 6, 49);
        Assert.InRange(left.Count, 1, 5);
        Assert.Equal(Ledger, completed.Concat(left).Order());
    }

    [Fact]
    public async Task Leaving_before_the_first_outcome_is_possible()
    {
        await _shop.Client.GenerateBatchAsync(BatchShop.Requests(5), cancellationToken: Token).GetAsyncEnumerator(Token).DisposeAsync();

        Assert.Equal(0, _shop.Gate.Creates);
    }

    [Fact]
    public async Task Leaving_disposes_the_source()
    {
        var source = new Source(BatchShop.Requests(5));
        var reader = _shop.Client.GenerateBatchAsync(source, BatchShop.AtOnce(1), Token).GetAsyncEnumerator(Token);
        var first = reader.MoveNextAsync().AsTask();
        await _shop.Gate.ArrivedAsync(1);
        _shop.Gate.Answer(1);
        await _shop.RunAsync(() => first);
        await _shop.Gate.ArrivedAsync(2);
        _shop.Gate.Answer(1);

        Assert.False(source.IsDisposed);
        await reader.DisposeAsync();
        Assert.True(source.IsDisposed);
    }

    /// <summary>
    /// The caller cancels while two tasks are watched and two creates are in flight. Each is delivered with its task; then the stream
    /// throws.
    /// </summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancelling_delivers_every_charged_task_and_throws(bool byEnumerator)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var stream = _shop.Client.GenerateBatchAsync(BatchShop.Requests(50), BatchShop.AtOnce(4), byEnumerator ? default : cancel.Token);
        var outcomes = new List<ImageOutcome>();
        var read = BatchShop.ReadAsync(byEnumerator ? WithToken() : stream, outcomes);
        await _shop.Gate.ArrivedAsync(4);
        _shop.Gate.Answer(2);

        await cancel.CancelAsync();
        await BatchShop.UntilAsync(() => outcomes.Count == 2);
        _shop.Gate.Answer(50);
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
        await BatchShop.SettleAsync();

        Assert.Equal(cancel.Token, exception.CancellationToken);
        Assert.Equal(4, _shop.Gate.Creates);
        Assert.Equal(Ledger, outcomes.Select(outcome => outcome.Task!.Id).Order());
        Assert.All(outcomes, outcome =>
        {
            Assert.Equal(
                (ImaChargeStatus.Charged, outcome.IdempotencyKey),
                (outcome.Cancellation!.ChargeStatus, outcome.Cancellation.IdempotencyKey));
            Assert.Same(outcome.Cancellation.Task, outcome.Task);
            Assert.Equal(outcome.Task!.IdempotencyKey, outcome.IdempotencyKey);
            Assert.Equal(BatchShop.Prompt(outcome.Number!.Value), outcome.Request!.Prompt);
            Assert.Null(outcome.Result);
            Assert.Null(outcome.Error);
        });

        async IAsyncEnumerable<ImageOutcome> WithToken()
        {
            await foreach (var outcome in stream.WithCancellation(cancel.Token))
            {
                yield return outcome;
            }
        }
    }

    [Fact]
    public async Task Cancelling_between_outcomes_delivers_what_is_ready()
    {
        _shop.Gate.Answer(1000);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var outcomes = new List<ImageOutcome>();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _shop.RunAsync(async () =>
        {
            await foreach (var outcome in _shop.Client.GenerateBatchAsync(BatchShop.Requests(200), BatchShop.AtOnce(8), cancel.Token))
            {
                outcomes.Add(outcome);
                if (outcomes.Count == 20)
                {
                    await cancel.CancelAsync();
                }
            }
        }));

        Assert.InRange(outcomes.Count, 20, 29);
        Assert.Equal(Ledger, outcomes.Select(outcome => outcome.Task?.Id).OfType<string>().Order());
        Assert.All(outcomes, outcome => Assert.NotEqual(outcome.Result is null, outcome.Cancellation is null));
    }

    [Fact]
    public async Task Cancelled_token_reads_no_request()
    {
        var pulled = 0;
        var requests = BatchShop.Requests(5).Select(request => (pulled++, request).request);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _shop.AllAsync(_shop.Client.GenerateBatchAsync(requests, cancellationToken: new CancellationToken(canceled: true))));

        Assert.Equal(0, pulled);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Exception_of_the_source_is_thrown_after_the_running_items_were_delivered(bool atItsEnd)
    {
        var source = new Source(BatchShop.Requests(3)) { Throws = !atItsEnd, ThrowsAtDispose = atItsEnd };
        var outcomes = new List<ImageOutcome>();
        var read = _shop.RunAsync(() => BatchShop.ReadAsync(_shop.Client.GenerateBatchAsync(source, cancellationToken: Token), outcomes));
        await _shop.Gate.ArrivedAsync(3);
        await BatchShop.SettleAsync();
        Assert.False(read.IsCompleted);
        _shop.Gate.Answer(3);

        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => read);

        Assert.Equal("line 4", exception.Message);
        Assert.True(source.IsDisposed);
        Assert.Equal([1, 2, 3], outcomes.Select(outcome => outcome.Number).Order());
        Assert.All(outcomes, outcome => Assert.NotNull(outcome.Result));
    }

    /// <summary>A stream of requests that can throw after its last one.</summary>
    private sealed class Source(IEnumerable<ImageRequest> requests) : IAsyncEnumerable<ImageRequest>
    {
        public bool Throws { get; init; }

        public bool ThrowsAtDispose { get; init; }

        public bool IsDisposed { get; private set; }

        public async IAsyncEnumerator<ImageRequest> GetAsyncEnumerator(CancellationToken cancellationToken = default)
        {
            try
            {
                foreach (var request in requests)
                {
                    await Task.Yield();
                    yield return request;
                }

                Fail(Throws);
            }
            finally
            {
                IsDisposed = true;
                Fail(ThrowsAtDispose);
            }
        }

        private static void Fail(bool really)
        {
            if (really)
            {
                throw new InvalidDataException("line 4");
            }
        }
    }
}
