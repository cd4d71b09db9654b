using ImaNanoBanana.Testing;

namespace ImaNanoBanana.Tests.Client;

/// <summary>What a batch produces: one outcome for each request, whatever happens to it.</summary>
public sealed class GenerateBatchTests : IDisposable
{
    private readonly BatchShop _shop = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, ImaErrorKind, string> Failures() => new()
    {
        { "null", ImaErrorKind.InvalidRequest, "Request 2 " },
        { "empty", ImaErrorKind.InvalidRequest, "The prompt " },
        { "key", ImaErrorKind.InvalidRequest, "The idempotency key ''" },
        { "size", ImaErrorKind.InvalidRequest, "The value '16K' of 'size'" },
        { "limit", ImaErrorKind.BudgetExceeded, "" },
        { "refused", ImaErrorKind.Unauthorized, "The API key is invalid" },
        { "lost", ImaErrorKind.OutcomeUnknown, "The create request was sent" },
    };

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Each_request_has_one_outcome_with_its_number_request_and_task()
    {
        var requests = BatchShop.Requests(20).ToList();

        var outcomes = await _shop.AllAsync(_shop.Client.GenerateBatchAsync(requests, cancellationToken: Token));

        Assert.Equal(Enumerable.Range(1, 20), outcomes.Select(outcome => outcome.Number!.Value).Order());
        Assert.All(outcomes, outcome =>
        {
            Assert.Same(requests[outcome.Number!.Value - 1], outcome.Request);
            Assert.Same(outcome.Result!.Task, outcome.Task);
            Assert.Equal(outcome.Task!.IdempotencyKey, outcome.IdempotencyKey);
            Assert.Equal(outcome.Request!.Prompt, _shop.Simulator.Charges.Single(charge => charge.TaskId == outcome.Task.Id).Prompt);
            Assert.Null(outcome.Error);
            Assert.Null(outcome.Cancellation);
        });
        Assert.Equal(20, _shop.Simulator.Charges.Count);
        Assert.Equal(20, (await _shop.JournalAsync(TaskJournalState.Completed)).Count());
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Request_that_fails_is_an_outcome_and_stops_no_other(string failure, ImaErrorKind kind, string message)
    {
        var bad = failure switch
        {
            "null" => null,
            "empty" => new ImageRequest(""),
            "key" => new ImageRequest("a kitten") { IdempotencyKey = "" },
            "size" => new ImageRequest("a kitten") { Size = new ImageSize("16K") },
            "limit" => new ImageRequest("a kitten") { MaxCredits = 1 },
            _ => new ImageRequest("a kitten"),
        };
        SimulatedFault[] faults = failure switch
        {
            "refused" => [new(), new() { Status = 403 }],
            "lost" => [new(), new() { DropsConnection = true, AfterProcessing = true }],
            _ => [],
        };
        _shop.Simulator.Script("create", faults);

        var outcomes = await _shop.AllAsync(
            _shop.Client.GenerateBatchAsync([new ImageRequest("one"), bad!, new ImageRequest("three")], BatchShop.AtOnce(1), Token));

        Assert.Equal([1, 2, 3], outcomes.Select(outcome => outcome.Number));
        Assert.Equal([true, false, true], outcomes.Select(outcome => outcome.Result is not null));
        var failed = outcomes[1];
        Assert.Equal(kind, failed.Error!.Kind);
        Assert.StartsWith(message, failed.Error.Message, StringComparison.Ordinal);
        Assert.Same(bad, failed.Request);
        Assert.Null(failed.Cancellation);
        Assert.Equal(failed.Error.IdempotencyKey ?? "", failed.IdempotencyKey);
        Assert.Equal(failure == "lost" ? ["a kitten", "one", "three"] : ["one", "three"], _shop.Submitted);
    }

    [Fact]
    public async Task Task_of_a_failed_generation_is_in_its_outcome()
    {
        using var handler = new ScriptedHandler().With(
            "detail", (200, """{"code":200,"data":{"medias":[{"resource_status":2,"error_msg":"too dark"}]}}"""));
        using var client = TestClient.Create(handler);

        var outcome = Assert.Single(await _shop.AllAsync(client.GenerateBatchAsync(BatchShop.Requests(1), cancellationToken: Token)));

        Assert.Equal((ImaErrorKind.TaskFailed, "task_1"), (outcome.Error!.Kind, outcome.Task!.Id));
        Assert.Equal(outcome.Task.IdempotencyKey, outcome.IdempotencyKey);
    }

    [Fact]
    public async Task Streams_of_requests_are_accepted_too()
    {
        var outcomes = await _shop.AllAsync(_shop.Client.GenerateBatchAsync(StreamAsync(), cancellationToken: Token));

        Assert.Equal([1, 2, 3], outcomes.Select(outcome => outcome.Number).Order());
        Assert.Equal(BatchShop.Requests(3).Select(request => request.Prompt), _shop.Submitted);

        static async IAsyncEnumerable<ImageRequest> StreamAsync()
        {
            foreach (var request in BatchShop.Requests(3))
            {
                await Task.Yield();
                yield return request;
            }
        }
    }

    [Fact]
    public async Task Empty_batch_ends_at_once() =>
        Assert.Empty(await _shop.AllAsync(_shop.Client.GenerateBatchAsync(Array.Empty<ImageRequest>(), cancellationToken: Token)));

    [Fact]
    public async Task Two_thousand_requests_agree_with_the_ledger()
    {
        var outcomes = await _shop.AllAsync(_shop.Client.GenerateBatchAsync(BatchShop.Requests(2000), BatchShop.AtOnce(200), Token));

        Assert.Equal(2000, outcomes.Count(outcome => outcome.Result is not null));
        Assert.Equal(BatchShop.Requests(2000).Select(request => request.Prompt), _shop.Submitted);
        Assert.Equal(_shop.Simulator.Charges.Select(charge => charge.TaskId).Order(), outcomes.Select(outcome => outcome.Task!.Id).Order());
    }

    [Fact]
    public async Task Second_enumeration_is_rejected_and_submits_nothing()
    {
        var stream = _shop.Client.GenerateBatchAsync(BatchShop.Requests(2), cancellationToken: Token);
        await _shop.AllAsync(stream);

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => _shop.AllAsync(stream));

        Assert.Contains("GenerateBatchAsync", exception.Message, StringComparison.Ordinal);
        Assert.Equal(2, _shop.Simulator.Charges.Count);
    }

    [Fact]
    public async Task Nothing_happens_before_the_stream_is_enumerated()
    {
        var pulled = 0;
        _ = _shop.Client.GenerateBatchAsync(BatchShop.Requests(2).Select(request => (pulled++, request).request), cancellationToken: Token);
        await BatchShop.SettleAsync();

        Assert.Equal((0, 0), (pulled, _shop.Gate.Creates));
    }

    [Fact]
    public void Arguments_are_checked_at_the_call()
    {
        IImaImageClient client = _shop.Client;
        var requests = BatchShop.Requests(1);
        var stream = Empty();

        Assert.Throws<ArgumentNullException>(
            "client", () => default(IImaImageClient)!.GenerateBatchAsync(requests, cancellationToken: Token));
        Assert.Throws<ArgumentNullException>(
            "client", () => default(IImaImageClient)!.GenerateBatchAsync(stream, cancellationToken: Token));
        Assert.Throws<ArgumentNullException>(
            "requests", () => client.GenerateBatchAsync(default(IEnumerable<ImageRequest>)!, cancellationToken: Token));
        Assert.Throws<ArgumentNullException>(
            "requests", () => client.GenerateBatchAsync(default(IAsyncEnumerable<ImageRequest>)!, cancellationToken: Token));
        foreach (var count in new[] { int.MinValue, 0, 1001, int.MaxValue })
        {
            var exception = Assert.Throws<ArgumentOutOfRangeException>(
                "options", () => client.GenerateBatchAsync(requests, BatchShop.AtOnce(count), Token));
            Assert.StartsWith("MaxConcurrency ", exception.Message, StringComparison.Ordinal);
        }

        foreach (var prefix in new[] { "", " ", "a\nb", new string('x', 157) })
        {
            var exception = Assert.Throws<ArgumentException>(
                "options", () => client.GenerateBatchAsync(requests, new() { IdempotencyKeyPrefix = prefix }, Token));
            Assert.StartsWith("IdempotencyKeyPrefix ", exception.Message, StringComparison.Ordinal);
        }

        Assert.NotNull(
            client.GenerateBatchAsync(requests, new() { MaxConcurrency = 1000, IdempotencyKeyPrefix = new string('x', 156) }, Token));
        Assert.NotNull(client.GenerateBatchAsync(stream, BatchShop.AtOnce(1), Token));
        Assert.Equal((8, null), (new ImageBatchOptions().MaxConcurrency, new ImageBatchOptions().IdempotencyKeyPrefix));

        static async IAsyncEnumerable<ImageRequest> Empty()
        {
            await Task.CompletedTask;
            yield break;
        }
    }
}
