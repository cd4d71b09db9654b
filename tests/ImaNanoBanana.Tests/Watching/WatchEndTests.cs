using ImaNanoBanana.Tests.Client;
using ImaNanoBanana.Tests.Journal;
using ImaNanoBanana.Watching;

namespace ImaNanoBanana.Tests.Watching;

/// <summary>When a watch ends, and with what: every requested image counts, and waiting always ends.</summary>
public class WatchEndTests
{
    private const string First = """{"resource_status":1,"url":"https://images.example/1.png"}""";
    private const string Failed = """{"resource_status":2,"error_msg":"moderation"}""";

    private readonly TestTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static ImageTask Four => new("task_1") { Count = 4, IdempotencyKey = "order-1", CreatedAt = DateTimeOffset.UnixEpoch };

    /// <summary>The service may list the images one by one.</summary>
    [Fact]
    public async Task Task_is_finished_when_all_requested_images_are_listed()
    {
        using var handler = new ScriptedHandler().With(
            "detail",
            (200, Medias(First)),
            (200, Medias(Failed, First)),
            (200, Medias(Failed, First, First)),
            (200, Medias(Failed, First, First, First)));
        using var client = TestClient.Create(handler, _time);

        var wait = client.WaitForCompletionAsync(Four, Token);
        await _time.RunAsync(wait, PollSchedule.Longest, Token);
        var result = await wait;

        Assert.Equal((3, 1, 0), (result.Images.Count, result.Failures.Count, result.MissingCount));
        Assert.Equal(4, handler.Count("detail"));
    }

    /// <summary>The first listed image may have failed while the others are still being generated.</summary>
    [Fact]
    public async Task Task_whose_first_listed_image_failed_has_not_failed()
    {
        using var handler = new ScriptedHandler().With("detail", (200, Medias(Failed)), (200, Medias(Failed, First, First, First)));
        using var client = TestClient.Create(handler, _time);

        var wait = client.WaitForCompletionAsync(Four, Token);
        await _time.RunAsync(wait, PollSchedule.Longest, Token);

        Assert.Equal(3, (await wait).Images.Count);
    }

    [Fact]
    public async Task Images_that_are_never_listed_are_reported_as_missing_after_the_timeout()
    {
        using var handler = new ScriptedHandler().With("detail", (200, Medias(First, Failed)));
        using var client = TestClient.Create(handler, _time);

        var wait = client.WaitForCompletionAsync(Four, Token);
        await _time.RunAsync(wait, PollSchedule.Longest, Token);
        var result = await wait;

        Assert.Equal((1, 1, 2), (result.Images.Count, result.Failures.Count, result.MissingCount));
    }

    [Fact]
    public async Task Without_an_image_the_watch_times_out_and_the_task_may_still_deliver()
    {
        using var handler = new ScriptedHandler().With("detail", (200, Medias(Failed)));
        using var client = TestClient.Create(handler, _time);

        var wait = client.WaitForCompletionAsync(Four, Token);
        await _time.RunAsync(wait, PollSchedule.Longest, Token);
        var exception = await Assert.ThrowsAsync<ImaException>(() => wait);

        Assert.Equal((ImaErrorKind.TimedOut, 1), (exception.Kind, exception.Failures.Count));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Watch_of_a_disposed_client_ends_with_the_task(bool hasToken)
    {
        using var handler = new ScriptedHandler().With("detail", (200, Medias("""{"resource_status":0}""")));
        var client = TestClient.Create(handler, _time);

        await using var items = client.WatchAsync(
            Four, hasToken ? Token : CancellationToken.None).GetAsyncEnumerator(CancellationToken.None);
        Assert.True(await items.MoveNextAsync());
        var next = items.MoveNextAsync().AsTask();
        client.Dispose();
        var exception = await Assert.ThrowsAsync<ObjectDisposedException>(() => next);

        Assert.Equal(Four, Assert.IsType<ImaException>(exception.InnerException).Task);
    }

    /// <summary>Every poll is answered with 429, and many watches wait for one limiter.</summary>
    [Fact]
    public async Task Watches_end_within_twice_their_timeout_whatever_they_wait_for()
    {
        using var handler = new ScriptedHandler().With("detail", new ScriptedAnswer(429, "", "60"));
        using var client = TestClients.Create(
            new ImaNanoBananaOptions
            {
                ApiKey = "ima_test_key",
                WatchTimeout = TimeSpan.FromSeconds(10),
                RequestsPerSecond = 1,
                RequestBurst = 1,
            },
            handler,
            _time);
        var start = _time.GetUtcNow();

        // A poll that waits for its turn, for example during the pause after a 429, waits only as long as the watch may take.
        var first = client.WaitForCompletionAsync(Four, Token);
        await _time.RunAsync(first, TimeSpan.FromSeconds(70), Token);
        await Assert.ThrowsAsync<ImaException>(() => first);

        Assert.InRange(_time.GetUtcNow() - start, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Unknown_id_is_not_a_charged_task()
    {
        using var handler = new ScriptedHandler().With("detail", (404, ""));
        using var client = TestClient.Create(handler, _time);

        var bare = await Assert.ThrowsAsync<ImaException>(() => client.WaitForCompletionAsync("nonsense", Token));
        var known = await Assert.ThrowsAsync<ImaException>(() => client.WaitForCompletionAsync(Four, Token));

        Assert.Equal((ImaErrorKind.TaskNotFound, ImaChargeStatus.Unknown), (bare.Kind, bare.ChargeStatus));
        Assert.Contains("nonsense", bare.Message, StringComparison.Ordinal);
        Assert.Equal((ImaErrorKind.WatchFailed, ImaChargeStatus.Charged), (known.Kind, known.ChargeStatus));
    }

    [Fact]
    public async Task Text_of_a_handle_is_accepted_as_an_id()
    {
        using var handler = new ScriptedHandler();
        using var client = TestClient.Create(handler, _time);
        var task = Four with { Count = 1 };

        Assert.Equal(task, (await client.WaitForCompletionAsync(task.ToHandle(), Token)).Task);
        Assert.Equal(task, (await client.WaitForCompletionAsync(new ImageTask(task.ToHandle()), Token)).Task);
        Assert.Equal("""{"task_id":"task_1"}""", handler.Requests[0].Body);
    }

    /// <summary>A heartbeat with WhenAny requests the next item while one is awaited.</summary>
    [Fact]
    public async Task Second_reader_of_a_stream_is_rejected_and_the_submission_completes()
    {
        using var inner = new ScriptedHandler();
        using var held = new HeldHandler(inner);
        using var client = TestClient.Create(held, _time);
        await using var items = client.GenerateStreamingAsync(new ImageRequest("a puppy"), Token).GetAsyncEnumerator(Token);
        while (await items.MoveNextAsync() && items.Current.Stage != ImageStage.Submitting)
        {
        }

        var submitting = items.MoveNextAsync().AsTask();
        await held.Arrived.WaitAsync(Token);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await items.MoveNextAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await items.DisposeAsync());
        held.Release();

        Assert.True(await submitting);
        Assert.Equal("task_1", items.Current.Task?.Id);
        Assert.Equal(1, inner.Count("create"));
    }

    private static string Medias(params string[] medias) => $$$"""{"code":200,"data":{"medias":[{{{string.Join(',', medias)}}}]}}""";
}
