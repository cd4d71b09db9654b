using ImaNanoBanana.Tests.Client;
using static ImaNanoBanana.Tests.Submitting.RecoveryScene;

namespace ImaNanoBanana.Tests.Submitting;

/// <summary>When a rejected create is sent again, how long the client waits before it, and when it is not sent.</summary>
public class RepeatedSubmissionTests
{
    [Fact]
    public async Task With_retries_off_there_is_one_create_whatever_the_answer()
    {
        foreach (var answer in new[]
        {
            new ScriptedAnswer(-1),
            new ScriptedAnswer(429),
            new ScriptedAnswer(200, """{"code":6006}"""),
            new ScriptedAnswer(500, """{"code":500}""")
        })
        {
            using var handler = Refreshing("""{"attribute_id":2,"points":5,"attributes":{"size":"1K"}}""", answer);
            using var client = TestClients.Create(
                new ImaNanoBananaOptions { ApiKey = "ima_test_key", RetrySubmissions = false }, handler, new TestTimeProvider());

            await Assert.ThrowsAsync<ImaException>(
                () => client.SubmitAsync(new ImageRequest("a puppy") { AllowSmallerSize = true }, Token));

            Assert.Equal((answer.Status == -1 ? 0 : 1, 1), (handler.Count("create"), handler.Count("list")));
        }
    }

    [Theory]
    [InlineData("30", 30)]
    [InlineData("Thu, 01 Jan 2026 00:00:45 GMT", 45)]
    [InlineData("Wed, 31 Dec 2025 00:00:00 GMT", 0)]
    public async Task Rate_limited_submission_waits_as_long_as_the_service_asks(string retryAfter, int seconds)
    {
        using var handler = new ScriptedHandler().With("create", new ScriptedAnswer(429, "", retryAfter), (200, ScriptedHandler.Accepted));
        var time = new TestTimeProvider();

        await RunAsync(handler, client => client.SubmitAsync(new ImageRequest("a puppy"), Token), time);

        // The limiter's own pause is at least 1 s.
        Assert.Equal(TimeSpan.FromSeconds(Math.Max(seconds, 1)), time.GetUtcNow() - time.Start);
        Assert.Equal(2, handler.Count("create"));
    }

    [Fact]
    public async Task Wait_longer_than_a_minute_is_an_error_at_once_with_RetryAfter()
    {
        using var handler = new ScriptedHandler().With("create", new ScriptedAnswer(429, "", "410400"));
        var time = new TestTimeProvider();

        var exception = await FailureAsync(handler, client => client.SubmitAsync(new ImageRequest("a puppy"), Token), time);

        Assert.Equal(
            (ImaErrorKind.RateLimited, TimeSpan.FromHours(114), ImaRetryGuidance.SubmitAgain),
            (exception.Kind, exception.RetryAfter, exception.RetryGuidance));
        Assert.Contains("Wait 5 days", exception.Message, StringComparison.Ordinal);
        Assert.Equal((1, TimeSpan.Zero), (handler.Count("create"), time.GetUtcNow() - time.Start));
    }

    [Fact]
    public async Task Cancelled_between_two_creates_nothing_is_charged_and_nothing_more_is_sent()
    {
        using var handler = new ScriptedHandler().With("create", (429, ""));
        var time = new TestTimeProvider();
        using var client = TestClient.Create(handler, time);
        using var cancel = new CancellationTokenSource();

        var start = client.SubmitAsync(new ImageRequest("a puppy"), cancel.Token);
        using var watch = time.CreateTimer(_ => cancel.Cancel(), null, TimeSpan.FromMilliseconds(10), Timeout.InfiniteTimeSpan);
        await time.RunAsync(start, LongestDelay, Token);

        var exception = await Assert.ThrowsAsync<ImageGenerationCanceledException>(() => start);
        Assert.Equal((ImaChargeStatus.NotCharged, null), (exception.ChargeStatus, exception.Task));
        Assert.NotNull(exception.IdempotencyKey);
        Assert.True(handler.Count("create") <= 1);
    }
}
