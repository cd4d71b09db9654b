using System.Net;

namespace ImaNanoBanana.Tests.Downloads;

/// <summary>An image whose bytes stop arriving is given up after the time without progress, and downloaded again.</summary>
public class StalledDownloadTests
{
    [Fact]
    public async Task Download_that_stalls_is_repeated()
    {
        var token = TestContext.Current.CancellationToken;
        var time = new TestTimeProvider();
        using var handler = new SilentOnceHandler();
        using var client = TestClients.Create(new ImaNanoBananaOptions { ApiKey = "ima_test_key" }, handler, time);

        var download = DownloadAsync();
        await handler.First.Silent;
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(handler.First.IsGivenUp);
        time.Advance(TimeSpan.FromSeconds(1));
        await time.RunAsync(download, TimeSpan.FromSeconds(5), token);

        Assert.Equal(DownloadTests.Png, await download);
        Assert.True(handler.First.IsGivenUp);
        Assert.Equal(2, handler.Asked);

        async Task<byte[]> DownloadAsync()
        {
            using var destination = new MemoryStream();
            await client.DownloadAsync(new GeneratedImage(new Uri("https://images.example/1.png")), destination, token);
            return destination.ToArray();
        }
    }

    private sealed class SilentOnceHandler : HttpMessageHandler
    {
        public SilentStream First { get; } = new(DownloadTests.Png[..100]);

        public int Asked { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = ++Asked == 1 ? new StreamContent(First) : new ByteArrayContent(DownloadTests.Png),
            });
    }

    /// <summary>Returns its bytes and then nothing, not even an end.</summary>
    private sealed class SilentStream(byte[] bytes) : MemoryStream(bytes)
    {
        private readonly TaskCompletionSource _silent = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private CancellationToken _token;

        public Task Silent => _silent.Task;

        public bool IsGivenUp => _token.IsCancellationRequested;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position == Length)
            {
                _token = cancellationToken;
                _silent.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            }

            return await base.ReadAsync(buffer, cancellationToken);
        }
    }
}
