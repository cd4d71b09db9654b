using System.Net;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Tests.Transport;

public class WireHandlerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("http://api.imastudio.com/open/v1/product/list")]
    [InlineData("https://api.imastudio.com:8443/open/v1/product/list")]
    [InlineData("https://user@api.imastudio.com/open/v1/product/list")]
    [InlineData("https://api.imastudio.com.evil.example/open/v1/product/list")]
    [InlineData("https://127.0.0.1/open/v1/product/list")]
    public async Task Key_goes_to_the_fixed_host_only(string address)
    {
        using var inner = new CountingHandler();
        using var http = Client(inner);

        await Assert.ThrowsAsync<InvalidOperationException>(() => http.GetAsync(new Uri(address), Token));

        Assert.Equal(0, inner.Calls);
    }

    [Fact]
    public async Task Create_without_a_submission_is_rejected()
    {
        using var inner = new CountingHandler();
        using var http = Client(inner);

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(
            () => http.PostAsync(new Uri("https://api.imastudio.com/open/v1/TASKS/create"), new StringContent("{}"), Token));

        Assert.Contains("without its submission", exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, inner.Calls);
    }

    [Fact]
    public async Task Every_send_of_a_submission_gets_the_same_answer_and_one_reaches_the_wire()
    {
        using var inner = new CountingHandler();
        using var http = Client(inner);
        var submission = new Submission("{}"u8.ToArray());

        var answers = new List<string>();
        for (var send = 0; send < 5; send++)
        {
            using var response = await http.SendAsync(Create(submission), Token);
            answers.Add(
                $"{(int)response.StatusCode} {response.Headers.RetryAfter} {response.Content.Headers.ContentType} "
                    + $"{await response.Content.ReadAsStringAsync(Token)}");
        }

        Assert.Equal(Enumerable.Repeat("503 7 text/plain; charset=utf-8 answer 1", 5), answers);
        Assert.Equal(1, inner.Calls);
    }

    [Fact]
    public async Task Withdrawn_submission_is_never_sent()
    {
        using var inner = new CountingHandler();
        using var http = Client(inner);
        var submission = new Submission("{}"u8.ToArray());

        Assert.True(submission.TryWithdraw());
        Assert.True(submission.TryWithdraw());
        await Assert.ThrowsAsync<HttpRequestException>(() => http.SendAsync(Create(submission), Token));

        Assert.False((await submission.Record).WasSent);
        Assert.Equal(0, inner.BodiesRead);
    }

    [Fact]
    public async Task Sent_submission_cannot_be_withdrawn()
    {
        using var inner = new CountingHandler();
        using var http = Client(inner);
        var submission = new Submission("{}"u8.ToArray());

        using var response = await http.SendAsync(Create(submission), Token);

        Assert.False(submission.TryWithdraw());
        Assert.False(submission.TryBeginSend());
    }

    [Fact]
    public async Task Create_is_sent_as_http_1_1_json_with_the_headers_of_the_request_and_the_key()
    {
        using var inner = new CountingHandler();
        using var http = Client(inner);
        using var request = Create(new Submission("{\"a\":1}"u8.ToArray()));
        request.Headers.TryAddWithoutValidation("x-app-source", "ima_skills");
        request.Headers.TryAddWithoutValidation("Host", "elsewhere.example");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer another");

        using var response = await http.SendAsync(request, Token);

        Assert.Equal(
            "POST 1.1 RequestVersionExact host= auth=Bearer ima_key source=ima_skills type=application/json length=7 {\"a\":1}",
            inner.Last);
        Assert.Same(request, response.RequestMessage);
    }

    [Fact]
    public async Task Primary_handler_that_never_answers_ends_as_unknown_at_the_deadline()
    {
        using var inner = new CountingHandler { Hangs = true };
        var time = new TestTimeProvider();
        var start = time.GetUtcNow();
        using var http = new HttpClient(new WireHandler(inner, _ => new WireSettings("ima_key", TimeSpan.FromSeconds(120)), time));
        var submission = new Submission("{}"u8.ToArray());

        var send = http.SendAsync(Create(submission), Token);
        await time.RunAsync(submission.Record, TimeSpan.FromSeconds(120), Token);

        await Assert.ThrowsAsync<HttpRequestException>(() => send);
        var record = await submission.Record;
        Assert.True(record.WasSent);
        Assert.IsType<TimeoutException>(record.Failure);
        Assert.Equal(TimeSpan.FromSeconds(124), time.GetUtcNow() - start);
    }

    /// <summary>After the process was suspended, the timer fires first, although the answer is there.</summary>
    [Fact]
    public async Task Answer_that_arrived_before_the_deadline_fired_is_used()
    {
        using var inner = new CountingHandler { Hangs = true };
        var time = new TestTimeProvider();
        using var http = new HttpClient(new WireHandler(inner, _ => new WireSettings("ima_key", TimeSpan.FromSeconds(120)), time));
        var submission = new Submission("{}"u8.ToArray());

        var send = http.SendAsync(Create(submission), Token);
        time.Advance(TimeSpan.FromSeconds(120));
        await time.WaitForTimerAsync(WireHandler.GracePeriod, Token);
        inner.Proceed();
        using var response = await send;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("answer 1", await response.Content.ReadAsStringAsync(Token));
    }

    /// <summary>A primary handler that ignores its token must not send a create that was reported as not sent.</summary>
    [Fact]
    public async Task Create_that_was_not_sent_by_its_deadline_is_never_sent()
    {
        using var inner = new CountingHandler { ConnectsSlowly = true };
        var time = new TestTimeProvider();
        using var http = new HttpClient(new WireHandler(inner, _ => new WireSettings("ima_key", TimeSpan.FromSeconds(120)), time));
        var submission = new Submission("{}"u8.ToArray());

        var send = http.SendAsync(Create(submission), Token);
        time.Advance(TimeSpan.FromSeconds(120));
        await Assert.ThrowsAsync<HttpRequestException>(() => send);
        inner.Proceed();
        await inner.Ended;

        Assert.False((await submission.Record).WasSent);
        Assert.Equal((1, 0), (inner.Calls, inner.BodiesRead));
    }

    [Fact]
    public async Task Answer_longer_than_the_limit_is_not_read_to_its_end()
    {
        using var content = new ByteArrayContent(new byte[100]);

        Assert.Equal(100, (await BoundedBody.ReadAsync(content, 100, Token)).Count);
        await Assert.ThrowsAsync<InvalidDataException>(() => BoundedBody.ReadAsync(content, 99, Token));
        using var unknownLength = new StreamContent(new MemoryStream(new byte[100]));
        unknownLength.Headers.ContentLength = null;
        await Assert.ThrowsAsync<InvalidDataException>(() => BoundedBody.ReadAsync(unknownLength, 99, Token));
    }

    [Fact]
    public void Default_primary_handler_has_the_documented_settings()
    {
        using var handler = PrimaryHandler.Create();

        Assert.False(handler.AllowAutoRedirect);
        Assert.False(handler.UseCookies);
        Assert.Equal(DecompressionMethods.GZip | DecompressionMethods.Deflate, handler.AutomaticDecompression);
        Assert.Equal(TimeSpan.FromSeconds(20), handler.PooledConnectionIdleTimeout);
        Assert.Equal(TimeSpan.FromMinutes(2), handler.PooledConnectionLifetime);
        Assert.Equal(TimeSpan.FromSeconds(15), handler.ConnectTimeout);
    }

    private static HttpClient Client(HttpMessageHandler inner) =>
        new(new WireHandler(inner, _ => new WireSettings("ima_key", TimeSpan.FromSeconds(120)), new TestTimeProvider()));

    private static HttpRequestMessage Create(Submission submission)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "https://api.imastudio.com/open/v1/tasks/create");
        request.Options.Set(Submission.OptionsKey, submission);
        return request;
    }

    private sealed class CountingHandler : HttpMessageHandler
    {
        private readonly TaskCompletionSource _proceed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Calls { get; private set; }

        public int BodiesRead { get; private set; }

        /// <summary>Accepts the body, and answers when the test releases it. Ignores its token.</summary>
        public bool Hangs { get; init; }

        /// <summary>Accepts the body when the test releases it. Ignores its token.</summary>
        public bool ConnectsSlowly { get; init; }

        public Task Ended => _ended.Task;

        public void Proceed() => _proceed.SetResult();

        public string? Last { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Calls++;
            if (ConnectsSlowly)
            {
                await _proceed.Task;
            }

            string body;
            try
            {
                body = await request.Content!.ReadAsStringAsync(CancellationToken.None);
            }
            finally
            {
                _ended.TrySetResult();
            }

            BodiesRead++;
            if (Hangs)
            {
                await _proceed.Task;
            }

            Last = $"{request.Method} {request.Version} {request.VersionPolicy} host={request.Headers.Host} "
                + $"auth={request.Headers.Authorization} "
                + $"source={string.Join(',', request.Headers.TryGetValues("x-app-source", out var source) ? source : [])} "
                    + $"type={request.Content.Headers.ContentType} length={request.Content.Headers.ContentLength} {body}";
            return Answer();
        }

        private HttpResponseMessage Answer()
        {
            var response = new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { Content = new StringContent($"answer {Calls}") };
            response.Headers.RetryAfter = new(TimeSpan.FromSeconds(7));
            return response;
        }
    }
}
