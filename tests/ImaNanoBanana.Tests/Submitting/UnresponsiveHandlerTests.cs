using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Submitting;

/// <summary>Waiting ends even if a handler of the app never reacts to its token.</summary>
public class UnresponsiveHandlerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_ends_at_its_deadline()
    {
        using var handler = new UnresponsiveHandler();
        var time = new TestTimeProvider();
        using var client = TestClient.Create(handler, time);

        var quote = client.QuoteAsync(new ImageRequest("a puppy"), Token);
        await time.RunAsync(quote, TimeSpan.FromSeconds(90), Token);
        var exception = await Assert.ThrowsAsync<ImaException>(() => quote);

        Assert.Equal((ImaErrorKind.CatalogUnavailable, ImaChargeStatus.NotCharged), (exception.Kind, exception.ChargeStatus));
    }

    [Fact]
    public async Task Upload_token_ends_at_its_deadline()
    {
        using var handler = new UnresponsiveHandler();
        var time = new TestTimeProvider();
        using var client = TestClient.Create(handler, time);

        var upload = client.UploadAsync(ImageInput.FromBytes([0xFF, 0xD8, 0xFF, 0xE0]), Token);
        await time.RunAsync(upload, TimeSpan.FromSeconds(90), Token);
        var exception = await Assert.ThrowsAsync<ImaException>(() => upload);

        Assert.Equal((ImaErrorKind.UploadFailed, ImaChargeStatus.NotCharged), (exception.Kind, exception.ChargeStatus));
    }

    [Fact]
    public async Task Poll_ends_at_its_deadline_and_carries_the_task()
    {
        using var handler = new UnresponsiveHandler();
        var time = new TestTimeProvider();
        using var client = TestClient.Create(handler, time);

        var poll = client.GetStatusAsync(new ImageTask("task_1"), Token);
        await time.RunAsync(poll, TimeSpan.FromSeconds(30), Token);
        var exception = await Assert.ThrowsAsync<ImaException>(() => poll);

        Assert.Equal((ImaErrorKind.WatchFailed, "task_1"), (exception.Kind, exception.Task?.Id));
    }

    [Fact]
    public async Task Upload_ends_without_progress()
    {
        using var handler = new UnresponsiveHandler { AnswersTokens = true };
        var time = new TestTimeProvider();

        // The clock jumps to timers of 30 s; the attempt for the token must not be one of them.
        using var client = TestClients.Create(
            new ImaNanoBananaOptions { ApiKey = "ima_test_key", ReadAttemptTimeout = TimeSpan.FromSeconds(60) }, handler, time);

        var upload = client.UploadAsync(ImageInput.FromBytes([0xFF, 0xD8, 0xFF, 0xE0]), Token);
        await time.RunAsync(upload, TimeSpan.FromSeconds(30), Token);
        var exception = await Assert.ThrowsAsync<ImaException>(() => upload);

        Assert.Equal((ImaErrorKind.UploadFailed, ImaChargeStatus.NotCharged), (exception.Kind, exception.ChargeStatus));
        Assert.Contains("no progress for 30 s", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Download_ends_without_progress()
    {
        using var handler = new UnresponsiveHandler();
        var time = new TestTimeProvider();
        using var client = TestClient.Create(handler, time);

        var download = client.DownloadAsync(new GeneratedImage(new Uri("https://images.example/1.png")), Stream.Null, Token);
        await time.RunAsync(download, TimeSpan.FromSeconds(30), Token);
        var exception = await Assert.ThrowsAsync<ImaException>(() => download);

        Assert.Equal((ImaErrorKind.DownloadFailed, ImaChargeStatus.Charged), (exception.Kind, exception.ChargeStatus));
        Assert.Contains("no progress for 30 s", exception.Message, StringComparison.Ordinal);
    }

    private sealed class UnresponsiveHandler : HttpMessageHandler
    {
        public bool AnswersTokens { get; init; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (AnswersTokens && request.Method == HttpMethod.Post)
            {
                return new HttpResponseMessage { Content = new StringContent(ScriptedHandler.Token) };
            }

            await Task.Delay(Timeout.InfiniteTimeSpan, CancellationToken.None);
            throw new InvalidOperationException("Unreachable: the delay never ends.");
        }
    }
}
