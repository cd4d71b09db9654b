namespace ImaNanoBanana.Tests.Client;

/// <summary>One limiter for all requests of a client, and its effect on those that wait.</summary>
public class RequestRateTests
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(4);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Watch_does_not_time_out_while_it_waits_for_the_limiter()
    {
        using var handler = new ScriptedHandler().With(
            "detail", (200, ScriptedHandler.Working), (200, ScriptedHandler.Working), (200, ScriptedHandler.Done));
        var time = new TestTimeProvider();
        using var client = TestClients.Create(Slow(perSecond: 0.02), handler, time);

        var wait = client.WaitForCompletionAsync(new ImageTask("task_1"), Token);
        await time.RunAsync(wait, LongestDelay, Token);

        Assert.Single((await wait).Images);
        Assert.Equal(100, (time.GetUtcNow() - time.Start).TotalSeconds);
    }

    [Fact]
    public async Task Creates_and_lists_and_polls_share_the_rate()
    {
        using var handler = new ScriptedHandler();
        var time = new TestTimeProvider();
        using var client = TestClients.Create(Slow(perSecond: 0.1), handler, time);

        var generate = client.GenerateAsync(new ImageRequest("a puppy"), Token);
        await time.RunAsync(generate, LongestDelay, Token);

        Assert.Equal(["list", "create", "detail"], handler.Requests.Select(request => request.Endpoint));
        Assert.Equal(20, (time.GetUtcNow() - time.Start).TotalSeconds);
        Assert.Equal(TimeSpan.FromSeconds(10), (await generate).Elapsed);
    }

    [Theory]
    [InlineData(429, "")]
    [InlineData(200, """{"code":429,"message":"slow down"}""")]
    public async Task Rate_limit_of_one_poll_delays_every_other_request(int status, string body)
    {
        using var handler = new ScriptedHandler().With("detail", new ScriptedAnswer(status, body, "30"), (200, ScriptedHandler.Done));
        var time = new TestTimeProvider();
        using var client = TestClient.Patient(handler, time);
        await client.QuoteAsync(new ImageRequest("a puppy"), Token);
        await Assert.ThrowsAsync<ImaException>(() => client.GetStatusAsync(new ImageTask("task_0"), Token));
        Assert.Equal(TimeSpan.Zero, time.GetUtcNow() - time.Start);

        var start = client.SubmitAsync(new ImageRequest("a puppy"), Token);
        await time.RunAsync(start, LongestDelay, Token);

        Assert.Equal(TimeSpan.FromSeconds(30), time.GetUtcNow() - time.Start);
        Assert.Equal("task_1", (await start).Id);
    }

    [Fact]
    public async Task Submission_cancelled_while_it_waits_for_the_limiter_is_not_charged_and_not_sent()
    {
        using var handler = new ScriptedHandler();
        var time = new TestTimeProvider();
        using var client = TestClients.Create(Slow(perSecond: 0.01), handler, time);
        using var cancel = new CancellationTokenSource();

        var start = client.SubmitAsync(new ImageRequest("a puppy"), cancel.Token);
        await time.WaitForTimerAsync(TimeSpan.FromSeconds(100), Token);
        await cancel.CancelAsync();

        var exception = await Assert.ThrowsAsync<ImageGenerationCanceledException>(() => start);
        Assert.Equal(ImaChargeStatus.NotCharged, exception.ChargeStatus);
        Assert.NotNull(exception.IdempotencyKey);
        Assert.Equal(0, handler.Count("create"));
    }

    private static ImaNanoBananaOptions Slow(double perSecond)
    {
        var beyond = TimeSpan.FromMinutes(5);
        return new ImaNanoBananaOptions
        {
            ApiKey = "ima_test_key",
            RequestsPerSecond = perSecond,
            RequestBurst = 1,
            WatchTimeout = TimeSpan.FromMinutes(1),
            ReadAttemptTimeout = beyond,
            ReadTimeout = beyond,
            PollTimeout = beyond,
            CreateTimeout = beyond,
        };
    }
}
