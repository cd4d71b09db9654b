using ImaNanoBanana.Options;
using ImaNanoBanana.Tests.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;

namespace ImaNanoBanana.Tests.Submitting;

/// <summary>
/// A submission that its caller cancelled before it was sent is never sent afterwards, however late the connection is established.
/// </summary>
public class WithdrawnSubmissionTests
{
    private const string AnsweredByApp =
        "A handler of the app answered the create request itself, or the SDK's wire handler is not in the pipeline. Check whether the "
            + "IHttpMessageHandlerBuilderFilter services were removed.";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Submission_cancelled_while_connecting_is_not_sent_when_the_connection_is_established()
    {
        var log = new FakeLogger();
        using var primary = new LateHandler();
        using var client = TestClients.Create(new ImaNanoBananaOptions { ApiKey = "ima_test_key" }, primary, new TestTimeProvider(), log);
        using var cancel = new CancellationTokenSource();

        var start = client.SubmitAsync(new ImageRequest("a puppy"), cancel.Token);
        await primary.Connecting;
        await cancel.CancelAsync();
        var exception = await Assert.ThrowsAsync<ImageGenerationCanceledException>(() => start);
        primary.ConnectionIsUp();

        Assert.Equal((ImaChargeStatus.NotCharged, null), (exception.ChargeStatus, exception.Task));
        Assert.True(primary.WasCancelled);
        Assert.Equal(0, await primary.BytesSent);

        // It is settled: no answer can follow.
        await BatchShop.SettleAsync();
        Assert.Equal(["CreateEnded"], log.Collector.GetSnapshot().Select(entry => entry.Id.Name).Where(IsAboutAnAnswer));
    }

    [Fact]
    public async Task Submission_whose_handlers_never_return_is_withdrawn_at_the_deadline()
    {
        using var primary = new LateHandler();
        var time = new TestTimeProvider();
        using var client = TestClients.Create(
            new ImaNanoBananaOptions { ApiKey = "ima_test_key", RetrySubmissions = false }, primary, time);

        var start = client.SubmitAsync(new ImageRequest("a puppy"), Token);
        await primary.Connecting;
        time.Advance(TimeSpan.FromSeconds(120));
        var exception = await Assert.ThrowsAsync<ImaException>(() => start);
        primary.ConnectionIsUp();

        Assert.Equal((ImaErrorKind.NotSent, ImaRetryGuidance.SubmitAgain), (exception.Kind, exception.RetryGuidance));
        Assert.Equal(0, await primary.BytesSent);
    }

    private static bool IsAboutAnAnswer(string? name) => name is "CreateEnded" or "LateAnswer";

    /// <summary>It never reaches the wire, so nothing was sent, whatever the handler answers.</summary>
    [Theory]
    [InlineData(true, AnsweredByApp)]
    [InlineData(false, "No response to the create request within 120 s.")]
    public async Task Submission_that_a_handler_of_the_app_keeps_is_not_sent(bool answers, string reason)
    {
        using var service = new ScriptedHandler();
        var time = new TestTimeProvider();
        var keeper = new KeepingHandler(answers);
        var services = new ServiceCollection().AddSingleton<TimeProvider>(time);
        services.AddImaNanoBanana(options => (options.ApiKey, options.RetrySubmissions) = ("ima_test_key", false));
        services.AddHttpClient(ImaClientDefaults.ClientName).ConfigurePrimaryHttpMessageHandler(() => service)
            .AddHttpMessageHandler(() => keeper);
        await using var provider = services.BuildServiceProvider();

        var submit = provider.GetRequiredService<IImaImageClient>().SubmitAsync(new ImageRequest("a puppy"), Token);
        await keeper.Kept.WaitAsync(Token);
        time.Advance(TimeSpan.FromSeconds(120));
        var exception = await Assert.ThrowsAsync<ImaException>(() => submit);

        Assert.Equal((ImaErrorKind.NotSent, ImaChargeStatus.NotCharged), (exception.Kind, exception.ChargeStatus));
        Assert.Equal(reason, exception.InnerException?.Message);
        Assert.Equal(0, service.Count("create"));
    }

    /// <summary>A handler of the app that passes no create request on.</summary>
    private sealed class KeepingHandler(bool answers) : DelegatingHandler
    {
        private readonly TaskCompletionSource _kept = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Kept => _kept.Task;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (!request.RequestUri!.AbsolutePath.EndsWith("/create", StringComparison.Ordinal))
            {
                return await base.SendAsync(request, cancellationToken);
            }

            _kept.TrySetResult();
            await (answers ? Task.CompletedTask : new TaskCompletionSource().Task);
            return new HttpResponseMessage { Content = new StringContent(ScriptedHandler.Accepted) };
        }
    }

    /// <summary>A primary handler that ignores its token, as an app's own may, and connects when the test releases it.</summary>
    private sealed class LateHandler : HttpMessageHandler
    {
        private readonly ScriptedHandler _list = new();
        private readonly HttpMessageInvoker _others;
        private readonly TaskCompletionSource _connecting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _up = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource<long> _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private CancellationToken _token;

        public LateHandler() => _others = new HttpMessageInvoker(_list);

        public Task Connecting => _connecting.Task;

        public Task<long> BytesSent => _sent.Task;

        public bool WasCancelled => _token.IsCancellationRequested;

        public void ConnectionIsUp() => _up.SetResult();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri?.AbsolutePath.EndsWith("/create", StringComparison.Ordinal) != true)
            {
                return await _others.SendAsync(request, cancellationToken);
            }

            _token = cancellationToken;
            var content = request.Content!;
            _connecting.SetResult();
            await _up.Task;
            using var wire = new MemoryStream();
            try
            {
                await content.CopyToAsync(wire, CancellationToken.None);
            }
            finally
            {
                _sent.SetResult(wire.Length);
            }

            throw new InvalidOperationException("The submission was sent.");
        }

        protected override void Dispose(bool disposing)
        {
            _others.Dispose();
            _list.Dispose();
            base.Dispose(disposing);
        }
    }
}
