using System.Runtime.CompilerServices;

namespace ImaNanoBanana.Tests.Client;

/// <summary>A batch on a faulty client: the fault is thrown after the running items and the charged tasks were delivered.</summary>
public class GenerateBatchFaultTests
{
    private static readonly ImageRequest[] Three = [new("0"), new("1"), new("2")];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Disposed_client_faults_the_stream()
    {
        using var shop = new BatchShop();
        shop.Client.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(
            () => BatchShop.ReadAsync(shop.Client.GenerateBatchAsync(Three, BatchShop.AtOnce(1), Token), []));
    }

    /// <summary>The second item hits a bug while the first is running and a third waits for a slot.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Fault_is_thrown_after_the_running_items_were_delivered(bool wasCharged)
    {
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var started = new List<string>();
        var client = new FakeClient((request, _) => GenerateAsync(request.Prompt));
        var outcomes = new List<ImageOutcome>();
        var isSourceLeft = false;
        var read = BatchShop.ReadAsync(client.GenerateBatchAsync(Requests(), BatchShop.AtOnce(2), Token), outcomes);
        await BatchShop.UntilAsync(() => isSourceLeft);
        await BatchShop.SettleAsync();
        Assert.False(read.IsCompleted);
        first.SetResult();

        Assert.Equal("a bug", (await Assert.ThrowsAsync<NotSupportedException>(() => read)).Message);

        Assert.Equal(["0", "1"], started);
        Assert.Equal("task_0", outcomes.Single(outcome => outcome.Number == 1).Result!.Task.Id);
        Assert.Equal(wasCharged ? 2 : 1, outcomes.Count);
        if (wasCharged)
        {
            var error = outcomes.Single(outcome => outcome.Number == 2).Error!;
            Assert.Equal((ImaErrorKind.WatchFailed, ImaChargeStatus.Charged, "task_1"), (error.Kind, error.ChargeStatus, error.Task!.Id));
            Assert.Contains("a bug", error.Message, StringComparison.Ordinal);
        }

        IEnumerable<ImageRequest> Requests()
        {
            try
            {
                foreach (var request in Three)
                {
                    yield return request;
                }
            }
            finally
            {
                isSourceLeft = true;
            }
        }

        async IAsyncEnumerable<ImageProgress> GenerateAsync(string prompt)
        {
            lock (started)
            {
                started.Add(prompt);
            }

            if (prompt == "0")
            {
                await first.Task;
                yield return FakeClient.Completed("task_0");
            }

            if (wasCharged)
            {
                yield return FakeClient.Accepted($"task_{prompt}");
            }

            if (prompt == "1")
            {
                throw new NotSupportedException("a bug");
            }
        }
    }

    /// <summary>The source may wait for its next request for hours; a fault ends that wait.</summary>
    [Fact]
    public async Task Fault_does_not_wait_for_the_next_request()
    {
        var client = new FakeClient((_, _) => throw new NotSupportedException("a bug"));

        await Assert.ThrowsAsync<NotSupportedException>(
            () => BatchShop.ReadAsync(client.GenerateBatchAsync(OneAndNoMore(Token), cancellationToken: Token), []));
    }

    [Fact]
    public async Task Cancelling_does_not_wait_for_the_next_request()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var client = new FakeClient((_, _) => CompletedAsync());
        var outcomes = new List<ImageOutcome>();
        var read = BatchShop.ReadAsync(client.GenerateBatchAsync(OneAndNoMore(Token), cancellationToken: cancel.Token), outcomes);
        await BatchShop.UntilAsync(() => outcomes.Count == 1);

        await cancel.CancelAsync();

        Assert.Equal(cancel.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read)).CancellationToken);
        Assert.Single(outcomes);

        static async IAsyncEnumerable<ImageProgress> CompletedAsync()
        {
            await Task.CompletedTask;
            yield return FakeClient.Completed("task_0");
        }
    }

    [Fact]
    public async Task Stream_without_an_end_is_a_fault()
    {
        var client = new FakeClient((_, _) => AcceptedAsync());
        var outcomes = new List<ImageOutcome>();

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(
            () => BatchShop.ReadAsync(client.GenerateBatchAsync(Three, BatchShop.AtOnce(1), Token), outcomes));

        Assert.Contains("without a result", exception.Message, StringComparison.Ordinal);
        Assert.Equal("task_0", Assert.Single(outcomes).Task!.Id);

        static async IAsyncEnumerable<ImageProgress> AcceptedAsync()
        {
            await Task.CompletedTask;
            yield return FakeClient.Accepted("task_0");
        }
    }

    /// <summary>A client throws after its result. The result was already delivered, once.</summary>
    [Fact]
    public async Task Error_after_the_result_loses_no_image()
    {
        var client = new FakeClient((_, _) => GenerateAsync());
        var outcomes = new List<ImageOutcome>();

        await Assert.ThrowsAsync<ImaException>(
            () => BatchShop.ReadAsync(client.GenerateBatchAsync(Three, BatchShop.AtOnce(1), Token), outcomes));

        Assert.InRange(outcomes.Count, 1, 3);
        Assert.All(outcomes, outcome => Assert.NotNull(outcome.Result));

        static async IAsyncEnumerable<ImageProgress> GenerateAsync()
        {
            await Task.CompletedTask;
            yield return FakeClient.Completed("task_0");
            throw new ImaException(ImaErrorKind.WatchFailed, "too late");
        }
    }

    /// <summary>A cancellation without details is delivered with the last known state of the task.</summary>
    [Theory]
    [InlineData(false, ImaChargeStatus.Unknown)]
    [InlineData(true, ImaChargeStatus.Charged)]
    public async Task Plain_cancellation_has_the_last_known_state(bool wasCharged, ImaChargeStatus charge)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var isWaiting = false;
        var client = new FakeClient((_, token) => GenerateAsync(token));
        var outcomes = new List<ImageOutcome>();
        var read = BatchShop.ReadAsync(
            client.GenerateBatchAsync(Three, new() { MaxConcurrency = 1, IdempotencyKeyPrefix = "batch" }, cancel.Token), outcomes);
        await BatchShop.UntilAsync(() => isWaiting);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);

        var outcome = Assert.Single(outcomes);
        var key = (await Three[0].CreateContentKeyAsync(cancellationToken: Token)).Replace("sha256", "batch", StringComparison.Ordinal);
        Assert.Equal((charge, key), (outcome.Cancellation!.ChargeStatus, outcome.Cancellation.IdempotencyKey));
        Assert.Equal((wasCharged ? "task_0" : null, key), (outcome.Task?.Id, outcome.IdempotencyKey));

        async IAsyncEnumerable<ImageProgress> GenerateAsync([EnumeratorCancellation] CancellationToken token)
        {
            if (wasCharged)
            {
                yield return FakeClient.Accepted("task_0");
            }

            isWaiting = true;
            await new TaskCompletionSource().Task.WaitAsync(token);
        }
    }

    private static async IAsyncEnumerable<ImageRequest> OneAndNoMore([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return Three[0];
        await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
    }
}
