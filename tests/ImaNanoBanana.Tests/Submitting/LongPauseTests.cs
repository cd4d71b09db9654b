using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Submitting;

/// <summary>
/// What follows a 429 that asks to wait two hours: nothing is sent that would be refused again, and no one waits for it.
/// </summary>
public sealed class LongPauseTests : IDisposable
{
    private const string TwoHours = "7200";

    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(2);

    private static readonly ImageRequest Request = new("a puppy");
    private static readonly ImageRequest Edit = new("in oil")
    {
        Images = [ImageInput.FromBytes([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1])],
    };

    private readonly ScriptedHandler _handler = new();
    private readonly TestTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _handler.Dispose();

    [Fact]
    public async Task Submission_in_a_long_pause_is_refused_at_once_with_the_time_that_is_left()
    {
        _handler.With("create", new ScriptedAnswer(429, "", TwoHours), (200, ScriptedHandler.Accepted));
        using var client = TestClient.Create(_handler, _time);
        await RefusedAsync(client, Request);

        var first = await RefusedAsync(client, Request with { IdempotencyKey = "order-2" });
        _time.Advance(TimeSpan.FromMinutes(90));
        var second = await RefusedAsync(client, Request);

        Assert.Equal(
            (ImaErrorKind.RateLimited, ImaChargeStatus.NotCharged, ImaRetryGuidance.SubmitAgain, 429, "order-2"),
            (first.Kind, first.ChargeStatus, first.RetryGuidance, first.Code, first.IdempotencyKey));
        Assert.Equal((TimeSpan.FromHours(2), TimeSpan.FromMinutes(30)), (first.RetryAfter, second.RetryAfter));
        Assert.Equal(
            "The service refused an earlier submission because of too many requests, so this one was not sent. Wait 30 minutes, as the "
                + "service asks, and submit again. No credits were spent.",
            second.Message);
        Assert.Equal(1, _handler.Count("create"));
    }

    [Fact]
    public async Task Submission_in_the_last_minute_of_a_pause_waits_for_its_end()
    {
        _handler.With("create", new ScriptedAnswer(429, "", TwoHours), (200, ScriptedHandler.Accepted));
        using var client = TestClient.Create(_handler, _time);
        await RefusedAsync(client, Request);
        _time.Advance(TimeSpan.FromMinutes(119));

        var submit = client.SubmitAsync(Request, Token);
        await _time.WaitForTimerAsync(TimeSpan.FromMinutes(1), Token);
        Assert.Equal(1, _handler.Count("create"));
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("task_1", (await submit).Id);
    }

    [Fact]
    public async Task Submissions_that_wait_for_the_gate_are_refused_when_the_pause_begins()
    {
        var refuse = new TaskCompletionSource();
        _handler.With("create", new ScriptedAnswer(429, "", TwoHours));
        var gate = new SpyGate
        {
            Wait = (kind, number, token) => kind != ImaRequestKind.Create ? Task.CompletedTask
                : number == 2 ? refuse.Task
                : Task.Delay(LongestDelay, _time, token),
        };
        using var client = TestClients.Create(new ImaNanoBananaOptions { ApiKey = "ima_test_key" }, _handler, _time, gate: gate);
        var first = client.SubmitAsync(Request, Token);
        var others = Enumerable.Range(0, 3).Select(_ => client.SubmitAsync(Request, Token)).ToList();

        refuse.SetResult();

        await RefusedAsync(first);
        foreach (var other in others)
        {
            Assert.Equal(TimeSpan.FromHours(2), (await RefusedAsync(other)).RetryAfter);
        }

        Assert.Equal(1, _handler.Count("create"));
    }

    [Fact]
    public async Task Images_are_not_uploaded_for_a_submission_that_is_refused()
    {
        _handler.With("create", new ScriptedAnswer(429, "", TwoHours));
        using var client = TestClient.Create(_handler, _time);
        await RefusedAsync(client, Edit);
        var uploads = _handler.Count("put");

        await RefusedAsync(client, Edit);

        Assert.Equal((1, uploads), (uploads, _handler.Count("put")));
    }

    [Fact]
    public async Task Task_of_a_key_is_returned_during_a_pause()
    {
        _handler.With("create", (200, ScriptedHandler.Accepted), new ScriptedAnswer(429, "", TwoHours));
        using var client = TestClient.Create(_handler, _time);
        await client.SubmitAsync(Request with { IdempotencyKey = "order-1" }, Token);
        await RefusedAsync(client, Request);

        Assert.Equal("task_1", (await client.SubmitAsync(Request with { IdempotencyKey = "order-1" }, Token)).Id);
    }

    [Fact]
    public async Task Batch_ends_with_an_outcome_for_each_request_after_one_create_request()
    {
        _handler.With("create", new ScriptedAnswer(429, "", TwoHours));
        using var client = TestClient.Create(_handler, _time);
        var requests = Enumerable.Range(1, 20).Select(number => new ImageRequest($"puppy {number}"));

        var outcomes = new List<ImageOutcome>();
        await _time.RunAsync(CollectAsync(), LongestDelay, Token);

        Assert.Equal(TimeSpan.Zero, _time.GetUtcNow() - _time.Start);
        Assert.Equal(20, outcomes.Count);
        Assert.All(outcomes, outcome => Assert.Equal(
            (ImaErrorKind.RateLimited, TimeSpan.FromHours(2)), (outcome.Error!.Kind, outcome.Error.RetryAfter)));
        Assert.Equal(1, _handler.Count("create"));

        async Task CollectAsync()
        {
            await foreach (var outcome in client.GenerateBatchAsync(requests, new ImageBatchOptions { MaxConcurrency = 1 }, Token))
            {
                outcomes.Add(outcome);
            }
        }
    }

    [Fact]
    public async Task Poll_waits_one_minute_at_most()
    {
        _handler.With("create", new ScriptedAnswer(429, "", TwoHours));
        using var client = TestClient.Create(_handler, _time);
        await RefusedAsync(client, Request);

        var status = client.GetStatusAsync(new ImageTask("task_1"), Token);
        await _time.RunAsync(status, TimeSpan.FromMinutes(1), Token);

        Assert.Equal((ImageStage.Completed, TimeSpan.FromMinutes(1)), ((await status).Stage, _time.GetUtcNow() - _time.Start));
    }

    [Fact]
    public async Task Product_list_is_not_read_again_during_a_pause()
    {
        _handler.With("list", new ScriptedAnswer(429, "", TwoHours), (200, $$"""{"code":200,"data":{{ScriptedHandler.Catalog}}}"""));
        using var client = TestClient.Patient(_handler, _time);
        await RefusedAsync(client.QuoteAsync(Request, Token));

        _time.Advance(TimeSpan.FromMinutes(90));
        var quote = await RefusedAsync(client.QuoteAsync(Request, Token));
        var submission = await RefusedAsync(client, Request);

        Assert.Equal(
            (ImaErrorKind.RateLimited, 429, TimeSpan.FromMinutes(30), ImaChargeStatus.NotCharged),
            (quote.Kind, quote.Code, quote.RetryAfter, quote.ChargeStatus));
        Assert.Equal(TimeSpan.FromMinutes(30), submission.RetryAfter);
        Assert.Equal((1, 0), (_handler.Count("list"), _handler.Count("create")));
        _time.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(6, (await client.QuoteAsync(Request, Token)).Credits);
    }

    [Fact]
    public async Task Upload_token_is_not_requested_again_during_a_pause()
    {
        _handler.With("getuploadtoken", new ScriptedAnswer(429, "", TwoHours));
        using var client = TestClient.Create(_handler, _time);
        await RefusedAsync(client, Edit, ImaErrorKind.UploadFailed);
        _time.Advance(TimeSpan.FromMinutes(90));

        var error = await RefusedAsync(client, Edit, ImaErrorKind.UploadFailed);

        Assert.Equal((TimeSpan.FromMinutes(30), ImaChargeStatus.NotCharged), (error.RetryAfter, error.ChargeStatus));
        Assert.Equal((1, 0), (_handler.Count("getuploadtoken"), _handler.Count("create")));
    }

    private Task<ImaException> RefusedAsync(
        ImaImageClient client, ImageRequest request, ImaErrorKind kind = ImaErrorKind.RateLimited) =>
        RefusedAsync(client.SubmitAsync(request, Token), kind);

    /// <summary>A call that waits moves the clock, and fails the test.</summary>
    private async Task<ImaException> RefusedAsync(Task call, ImaErrorKind kind = ImaErrorKind.RateLimited)
    {
        var before = _time.GetUtcNow();
        await _time.RunAsync(Task.WhenAny(call), LongestDelay, Token);
        var error = await Assert.ThrowsAsync<ImaException>(() => call);
        Assert.Equal((kind, TimeSpan.Zero), (error.Kind, _time.GetUtcNow() - before));
        return error;
    }
}
