using System.Net;
using ImaNanoBanana.Resilience;
using Polly.Timeout;

namespace ImaNanoBanana.Tests.Resilience;

/// <summary>What is tried again, how often, and after how long.</summary>
public class SafeRepetitionTests
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(2);

    private readonly TestTimeProvider _time = new();
    private readonly List<TimeSpan> _attempts = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<Exception, int> Exceptions() => new()
    {
        { new HttpRequestException("lost"), 3 },
        { new IOException("lost"), 3 },
        { new TimeoutException("late"), 3 },
        { new TimeoutRejectedException("late"), 3 },
        { new OperationCanceledException("cancelled"), 1 },
        { new InvalidOperationException("a fault in the app"), 1 },
    };

    [Theory]
    [InlineData(200, null, 1)]
    [InlineData(307, null, 1)]
    [InlineData(400, null, 1)]
    [InlineData(408, null, 1)]
    [InlineData(428, null, 1)]
    [InlineData(429, null, 3)]
    [InlineData(430, null, 1)]
    [InlineData(499, null, 1)]
    [InlineData(500, null, 3)]
    [InlineData(503, null, 3)]
    [InlineData(599, null, 3)]
    [InlineData(404, "1", 1)]
    [InlineData(429, "60", 3)]
    [InlineData(429, "61", 1)]
    [InlineData(503, "60", 3)]
    [InlineData(503, "61", 1)]
    public async Task Answer_decides_whether_a_request_is_repeated(int status, string? retryAfter, int attempts)
    {
        Assert.Equal(status, (int)(await RunAsync(isOn: true, () => Answer(status, retryAfter))).StatusCode);

        Assert.Equal(attempts, _attempts.Count);
    }

    [Theory]
    [MemberData(nameof(Exceptions))]
    public async Task Failure_decides_whether_a_request_is_repeated(Exception failure, int attempts)
    {
        Assert.Same(failure, await Record.ExceptionAsync(() => RunAsync(isOn: true, () => throw failure)));

        Assert.Equal(attempts, _attempts.Count);
    }

    [Fact]
    public async Task Nothing_is_repeated_if_repetition_is_off()
    {
        await RunAsync(isOn: false, () => Answer(503, null));

        Assert.Single(_attempts);
    }

    [Fact]
    public async Task Success_ends_the_attempts()
    {
        var response = await RunAsync(isOn: true, () => Answer(_attempts.Count == 2 ? 200 : 503, null));

        Assert.Equal((HttpStatusCode.OK, 2), (response.StatusCode, _attempts.Count));
    }

    /// <summary>In seconds, or as a time by the clock of the client, not by that of the machine.</summary>
    [Theory]
    [InlineData("7")]
    [InlineData("Thu, 01 Jan 2026 00:00:07 GMT")]
    public async Task Request_is_repeated_when_the_service_asks_for_it(string retryAfter)
    {
        await RunAsync(isOn: true, () => Answer(503, _attempts.Count == 1 ? retryAfter : "60"));

        Assert.Equal(TimeSpan.FromSeconds(7), _attempts[1]);
    }

    /// <summary>About 1 s and then about 2 s, but never exactly, so that clients that failed together do not return together.</summary>
    [Fact]
    public async Task Delays_grow_and_are_random()
    {
        await RunAsync(isOn: true, () => Answer(503, null));

        Assert.NotEqual(TimeSpan.FromSeconds(1), _attempts[1]);
        Assert.InRange(_attempts[1], TimeSpan.FromTicks(1), TimeSpan.FromSeconds(4));
        Assert.InRange(_attempts[2], _attempts[1], TimeSpan.FromSeconds(10));
    }

    private static HttpResponseMessage Answer(int status, string? retryAfter)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status);
        if (retryAfter is not null)
        {
            response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        }

        return response;
    }

    private async Task<HttpResponseMessage> RunAsync(bool isOn, Func<HttpResponseMessage> send)
    {
        var run = SafeRepetition.Create(isOn, _time).ExecuteAsync(
            _ =>
            {
                _attempts.Add(_time.GetUtcNow() - _time.Start);
                return ValueTask.FromResult(send());
            },
            Token).AsTask();
        await _time.RunAsync(run, LongestDelay, Token);
        return await run;
    }
}
