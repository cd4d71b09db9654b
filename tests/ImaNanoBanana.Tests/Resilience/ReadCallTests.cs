using System.Net;
using System.Text;
using ImaNanoBanana.Resilience;
using ImaNanoBanana.Tests.Client;
using ImaNanoBanana.Transport;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace ImaNanoBanana.Tests.Resilience;

/// <summary>How one attempt of a call that spends nothing is made, and what it tells the request gate.</summary>
public sealed class ReadCallTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly TestTimeProvider _time = new();
    private readonly SpyGate _gate = new();
    private readonly Deadline _deadline;

    public ReadCallTests() => _deadline = new Deadline(TimeSpan.FromMinutes(5), _time, CancellationToken.None);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _deadline.Dispose();

    [Fact]
    public async Task Attempt_has_its_own_message_with_everything_of_the_request()
    {
        using var request = Request();
        HttpRequestMessage? sent = null;

        await Call(Limit).AttemptAsync(request, Answer(HttpStatusCode.OK, message => sent = message), Token);

        Assert.NotSame(request, sent);
        Assert.Equal(
            (HttpMethod.Post, request.RequestUri, request.Content, HttpVersion.Version30, HttpVersionPolicy.RequestVersionExact),
            (sent!.Method, sent.RequestUri, sent.Content, sent.Version, sent.VersionPolicy));
        Assert.Equal("one,two", string.Join(',', sent.Headers.GetValues("X-Shop")));
        Assert.Equal("not a valid / agent;", string.Join(',', sent.Headers.NonValidated["User-Agent"]));
        Assert.True(sent.Options.TryGetValue(new HttpRequestOptionsKey<string>("shop"), out var option));
        Assert.Equal("seven", option);
    }

    /// <summary>Otherwise a resilience handler of the app would follow the token of the whole call.</summary>
    [Fact]
    public async Task Resilience_context_of_the_call_is_not_passed_on()
    {
        using var request = Request();
        var context = ResilienceContextPool.Shared.Get(Token);
        request.SetResilienceContext(context);
        ResilienceContext? seen = context;

        await Call(Limit).AttemptAsync(
            request, Answer(HttpStatusCode.OK, message => seen = message.GetResilienceContext()), Token);

        Assert.Null(seen);
        Assert.Same(context, request.GetResilienceContext());
        ResilienceContextPool.Shared.Return(context);
    }

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests, "20", 20)]
    [InlineData(HttpStatusCode.TooManyRequests, null, null)]
    [InlineData(HttpStatusCode.ServiceUnavailable, "20", -1)]
    [InlineData(HttpStatusCode.OK, null, -1)]
    public async Task Gate_is_asked_before_an_attempt_and_told_about_a_429(HttpStatusCode status, string? retryAfter, int? seconds)
    {
        using var request = Request();
        var waits = -1;

        await Call(Limit).AttemptAsync(request, Answer(status, _ => waits = _gate.Waits.Count, retryAfter), Token);

        Assert.Equal(1, waits);
        Assert.Equal([ImaRequestKind.Read], _gate.Waits);
        TimeSpan?[] told = seconds is -1 ? [] : [seconds is { } time ? TimeSpan.FromSeconds(time) : null];
        Assert.Equal(told, _gate.SlowDowns);
    }

    /// <summary>The caller of a call with one attempt has asked the gate itself, and reports what it answered.</summary>
    [Fact]
    public async Task Only_attempt_uses_the_request_itself_and_leaves_the_gate_to_its_caller()
    {
        using var request = Request();
        HttpRequestMessage? sent = null;

        await Call(null).AttemptAsync(request, Answer(HttpStatusCode.TooManyRequests, message => sent = message), Token);

        Assert.Same(request, sent);
        Assert.Equal((0, 0), (_gate.Waits.Count, _gate.SlowDowns.Count));
    }

    /// <summary>A send that a handler has given up on does not continue after the attempt.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Token_of_an_attempt_is_cancelled_at_its_end(bool isOnly)
    {
        using var request = Request();
        CancellationToken during = default;
        var wasCancelled = true;

        await Call(isOnly ? null : Limit).AttemptAsync(
            request,
            (_, token) =>
            {
                (during, wasCancelled) = (token, token.IsCancellationRequested);
                return Task.FromResult(new HttpResponseMessage());
            },
            Token);

        Assert.Equal((false, true), (wasCancelled, during.IsCancellationRequested));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Caller_cancels_an_attempt(bool isOnly)
    {
        var request = Request();
        var cancel = new CancellationTokenSource();
        var attempt = Call(isOnly ? null : Limit).AttemptAsync(request, NeverAsync, cancel.Token);
        Assert.False(attempt.IsCompleted);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => attempt.WaitAsync(Token));
    }

    [Fact]
    public async Task Attempt_ends_at_its_limit_and_an_only_attempt_has_none()
    {
        var request = Request();
        var attempt = Call(Limit).AttemptAsync(request, NeverAsync, Token);
        var only = Call(null).AttemptAsync(request, NeverAsync, Token);

        _time.Advance(Limit - TimeSpan.FromTicks(1));
        Assert.False(attempt.IsCompleted);
        _time.Advance(TimeSpan.FromTicks(1));

        await Assert.ThrowsAsync<TimeoutException>(() => attempt.WaitAsync(Token));
        Assert.False(only.IsCompleted);
    }

    /// <summary>Whether handlers of the app that send an attempt again get the answer of its first send.</summary>
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Attempt_is_marked_if_it_is_sent_once(bool isSentOnce, bool isOnly)
    {
        using var request = Request();
        Attempt? mark = null;
        var call = new ReadCall(_deadline, _gate, _time) { AttemptTimeout = isOnly ? null : Limit, IsSentOncePerAttempt = isSentOnce };

        await call.AttemptAsync(request, Answer(HttpStatusCode.OK, message => mark = Attempt.Find(message)), Token);

        Assert.Equal(isSentOnce, mark is not null);
    }

    [Fact]
    public async Task Answer_of_a_handler_of_the_app_is_read_within_the_attempt()
    {
        using var request = Request();
        using var stream = new MemoryStream("""{"code":200}"""u8.ToArray());

        using var response = await Call(Limit).AttemptAsync(
            request, (_, _) => Task.FromResult(new HttpResponseMessage { Content = new StreamContent(stream) }), Token);

        var content = Assert.IsType<AnswerContent>(response.Content);
        Assert.Equal("""{"code":200}""", Encoding.UTF8.GetString(await AnswerContent.BytesAsync(content, Token)));
    }

    [Fact]
    public async Task Answer_that_was_read_already_is_not_copied()
    {
        using var request = Request();
        using var read = new AnswerContent("answer"u8.ToArray());

        using var response = await Call(Limit).AttemptAsync(
            request, (_, _) => Task.FromResult(new HttpResponseMessage { Content = read }), Token);

        Assert.Same(read, response.Content);
    }

    [Fact]
    public void Call_and_its_repetition_are_found_in_the_request()
    {
        using HttpRequestMessage request = Request(), other = Request();
        var repetition = SafeRepetition.Create(isOn: true, _time);
        var call = new ReadCall(_deadline, _gate, _time) { Repetition = repetition };
        request.Options.Set(new HttpRequestOptionsKey<ReadCall>(ReadCall.OptionName), call);
        other.Options.Set(new HttpRequestOptionsKey<ReadCall>("another"), call);

        Assert.Equal((call, null), (ReadCall.Find(request), ReadCall.Find(other)));
        Assert.Same(repetition, ReadCall.GetRepetition(request));
        Assert.Same(ResiliencePipeline<HttpResponseMessage>.Empty, ReadCall.GetRepetition(other));
        Assert.Same(ResiliencePipeline<HttpResponseMessage>.Empty, Call(Limit).Repetition);
    }

    private static async Task<HttpResponseMessage> NeverAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        throw new InvalidOperationException("Unreachable: the delay never ends.");
    }

    private static Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Answer(
        HttpStatusCode status, Action<HttpRequestMessage> look, string? retryAfter = null) =>
        (message, _) =>
        {
            look(message);
            var response = new HttpResponseMessage(status);
            if (retryAfter is not null)
            {
                response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
            }

            return Task.FromResult(response);
        };

    private static HttpRequestMessage Request()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "https://api.imastudio.com/open/v1/tasks/detail")
        {
            Content = new StringContent("body"),
            Version = HttpVersion.Version30,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.Add("X-Shop", ["one", "two"]);
        request.Headers.TryAddWithoutValidation("User-Agent", "not a valid / agent;");
        request.Options.Set(new HttpRequestOptionsKey<string>("shop"), "seven");
        return request;
    }

    private ReadCall Call(TimeSpan? attemptTimeout) => new(_deadline, _gate, _time) { AttemptTimeout = attemptTimeout };
}
