using ImaNanoBanana.Tests.Client;
using ImaNanoBanana.Watching;

namespace ImaNanoBanana.Tests.Watching;

public class WatchTests
{
    private const string Rejected = """{"code":200,"data":{"medias":[{"resource_status":2,"error_msg":"The prompt was rejected."}]}}""";
    private const string OneOfTwo = """
        {"code":200,"data":{"medias":[{"resource_status":1,"url":"https://images.example/1.png"},{"resource_status":2,"remark":"moderation"}]}}
        """;

    private const string OneReady = """
        {"code":200,"data":{"medias":[{"resource_status":1,"url":"https://images.example/1.png"},{"resource_status":0}]}}
        """;

    private static readonly ImageTask Bare = new("task_1");

    private static readonly ImageTask Known = new("task_1") { Model = ImageModel.NanoBanana2 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Wait_returns_a_partial_result_when_one_of_two_images_fails()
    {
        using var handler = new ScriptedHandler().With("detail", (200, OneOfTwo));
        using var client = TestClient.Create(handler);

        var result = await client.WaitForCompletionAsync(Bare, Token);

        Assert.Equal("https://images.example/1.png", Assert.Single(result.Images).Url.OriginalString);
        Assert.Equal(new ImageFailure("moderation", IsDeleted: false), Assert.Single(result.Failures));
    }

    [Fact]
    public async Task Wait_throws_when_every_image_fails()
    {
        using var handler = new ScriptedHandler().With("detail", (200, Rejected));
        using var client = TestClient.Create(handler);

        var exception = await Assert.ThrowsAsync<ImaException>(() => client.WaitForCompletionAsync(Bare, Token));

        Assert.Equal(
            (ImaErrorKind.TaskFailed, ImaChargeStatus.Charged, ImaRetryGuidance.SubmitAgainAtNewCost),
            (exception.Kind, exception.ChargeStatus, exception.RetryGuidance));
        Assert.Equal(Bare, exception.Task);
        Assert.Contains("The prompt was rejected", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500, "oops")]
    [InlineData(429, "")]
    [InlineData(408, "")]
    [InlineData(0, "")]
    [InlineData(200, "<!doctype html>")]
    [InlineData(200, """{"code":500,"message":"internal error"}""")]
    [InlineData(200, """{"code":429,"message":"slow down"}""")]
    [InlineData(200, """{"code":9,"message":"Rate limit exceeded"}""")]
    public async Task Failed_poll_never_fails_the_task(int status, string body)
    {
        using var handler = new ScriptedHandler().With("detail", (status, body), (200, ScriptedHandler.Done));
        var time = new TestTimeProvider();
        using var client = TestClient.Create(handler, time);

        var wait = client.WaitForCompletionAsync(Bare, Token);
        await time.RunAsync(wait, PollSchedule.Longest, Token);

        Assert.Single((await wait).Images);
        Assert.Equal(2, handler.Count("detail"));
    }

    [Theory]
    [InlineData(401, "", 401)]
    [InlineData(403, "", 403)]
    [InlineData(404, "", 404)]
    [InlineData(302, "", 302)]
    [InlineData(200, """{"code":401,"message":"Unauthorized"}""", 401)]
    [InlineData(200, """{"code":7001,"message":"no such task"}""", 7001)]
    public async Task Refused_poll_ends_the_watch_with_the_task(int status, string body, int code)
    {
        using var handler = new ScriptedHandler().With("detail", (status, body));
        using var client = TestClient.Create(handler);

        var exception = await Assert.ThrowsAsync<ImaException>(() => client.WaitForCompletionAsync(Known, Token));

        Assert.Equal(
            (ImaErrorKind.WatchFailed, code, ImaChargeStatus.Charged, ImaRetryGuidance.CheckTask),
            (exception.Kind, exception.Code, exception.ChargeStatus, exception.RetryGuidance));
        Assert.Equal(Known, exception.Task);
    }

    [Fact]
    public async Task New_task_may_be_unknown_to_the_service_for_30_seconds()
    {
        using var handler = new ScriptedHandler().With("detail", (404, ""), (200, ScriptedHandler.Done));
        var time = new TestTimeProvider();
        using var client = TestClient.Create(handler, time);

        var wait = client.WaitForCompletionAsync(Bare with { CreatedAt = time.GetUtcNow() }, Token);
        await time.RunAsync(wait, PollSchedule.Longest, Token);

        Assert.Single((await wait).Images);
    }

    [Fact]
    public async Task Watch_ends_at_its_deadline_with_the_task_and_what_is_ready()
    {
        using var handler = new ScriptedHandler().With("detail", (200, OneReady));
        var time = new TestTimeProvider();
        using var client = TestClient.Create(handler, time);
        var start = time.GetUtcNow();
        var old = Bare with { CreatedAt = start - TimeSpan.FromDays(3) };

        var wait = client.WaitForCompletionAsync(old, Token);
        await time.RunAsync(wait, PollSchedule.Longest, Token);

        var exception = await Assert.ThrowsAsync<ImaException>(() => wait);
        Assert.Equal(
            (ImaErrorKind.TimedOut, ImaChargeStatus.Charged, ImaRetryGuidance.CheckTask),
            (exception.Kind, exception.ChargeStatus, exception.RetryGuidance));
        Assert.Equal(old, exception.Task);
        Assert.Equal("https://images.example/1.png", Assert.Single(exception.ReadyImages).Url.OriginalString);
        Assert.Equal(TimeSpan.FromSeconds(600), time.GetUtcNow() - start);
    }

    [Fact]
    public async Task Poll_without_an_answer_is_given_up_after_30_seconds_and_repeated()
    {
        using var handler = new HangingHandler();
        var time = new TestTimeProvider();
        using var client = TestClient.Create(handler, time);

        var wait = client.WaitForCompletionAsync(Bare, Token);
        await time.WaitForTimerAsync(TimeSpan.FromSeconds(30), Token);
        time.Advance(TimeSpan.FromSeconds(30));
        await time.RunAsync(handler.Second, PollSchedule.Longest, Token);

        Assert.Equal(2, handler.Calls);
        Assert.False(wait.IsCompleted);
    }

    [Fact]
    public async Task Cancelling_a_watch_returns_the_task()
    {
        using var handler = new ScriptedHandler().With("detail", (200, ScriptedHandler.Working));
        var time = new TestTimeProvider();
        using var client = TestClient.Create(handler, time);
        using var cancel = new CancellationTokenSource();

        var exception = await Assert.ThrowsAsync<ImageGenerationCanceledException>(async () =>
        {
            await foreach (var item in client.WatchAsync(Bare, cancel.Token))
            {
                Assert.Equal(ImageStage.Generating, item.Stage);
                await cancel.CancelAsync();
            }
        });
        Assert.Equal((Bare, ImaChargeStatus.Charged, cancel.Token), (exception.Task, exception.ChargeStatus, exception.CancellationToken));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(17.4, 49)]
    [InlineData(34.9, 95)]
    [InlineData(33.2, 94)]
    [InlineData(9000, 95)]
    public void Percent_follows_from_the_expected_time(double seconds, int percent) => Assert.Equal(
        percent, TaskWatcher.Estimate(Bare with { MaxExpectedDuration = TimeSpan.FromSeconds(35) }, TimeSpan.FromSeconds(seconds)));

    [Fact]
    public async Task Bare_id_has_no_percent()
    {
        using var handler = new ScriptedHandler().With("detail", (200, ScriptedHandler.Working));
        using var client = TestClient.Create(handler);

        var progress = await client.GetStatusAsync(Bare, Token);

        Assert.Equal((ImageStage.Generating, null, null), (progress.Stage, progress.Percent, progress.Credits));
    }

    [Fact]
    public async Task Status_of_a_failed_task_is_a_status_and_a_watch_throws_its_error()
    {
        const string Failed = """{"code":200,"data":{"medias":[{"resource_status":2,"error_msg":"refused by the filter"}]}}""";
        using var handler = new ScriptedHandler().With("detail", (200, Failed));
        using var client = TestClient.Create(handler);

        var status = await client.GetStatusAsync(Bare, Token);
        var thrown = await Assert.ThrowsAsync<ImaException>(() => client.WaitForCompletionAsync(Bare, Token));

        Assert.Equal(
            (ImageStage.Failed, ImaErrorKind.TaskFailed, ImaChargeStatus.Charged, ImaRetryGuidance.SubmitAgainAtNewCost),
            (status.Stage, status.Error!.Kind, status.Error.ChargeStatus, status.Error.RetryGuidance));
        Assert.Equal("refused by the filter", Assert.Single(status.Error.Failures).Reason);
        Assert.Null(status.Result);
        Assert.Equal((thrown.Kind, thrown.Message), (status.Error.Kind, status.Error.Message));
    }

    private sealed class HangingHandler : HttpMessageHandler
    {
        private readonly TaskCompletionSource _second = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _calls;

        public Task Second => _second.Task;

        public int Calls => Volatile.Read(ref _calls);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (Interlocked.Increment(ref _calls) == 2)
            {
                _second.SetResult();
            }

            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            throw new InvalidOperationException("Unreachable: the delay ends by cancellation only.");
        }
    }
}
