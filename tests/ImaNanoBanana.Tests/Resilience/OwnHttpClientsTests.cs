using ImaNanoBanana.Resilience;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Tests.Resilience;

/// <summary>The clients that are used without a container.</summary>
public sealed class OwnHttpClientsTests : IDisposable
{
    private readonly SpyHandler _primary = new();
    private readonly OwnHttpClients _clients;

    public OwnHttpClientsTests() => _clients = new OwnHttpClients(
        new WireHandler(_primary, _ => new WireSettings("ima_test_key", TimeSpan.FromSeconds(1)), new TestTimeProvider()));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _clients.Dispose();
        _primary.Dispose();
    }

    [Theory]
    [InlineData("https://api.imastudio.com/", "https://api.imastudio.com/")]
    [InlineData("https://imapi.liveme.com/", "https://imapi.liveme.com/")]
    [InlineData("https://bucket.example/", null)]
    [InlineData(null, null)]
    public void Each_host_of_the_service_has_a_client_and_all_others_share_one(string? asked, string? address)
    {
        var client = _clients.Create(asked is null ? null : new Uri(asked));

        Assert.Equal((address, Timeout.InfiniteTimeSpan), (client.BaseAddress?.AbsoluteUri, client.Timeout));
        Assert.Same(client, _clients.Create(asked is null ? null : new Uri(asked)));
    }

    /// <summary>The handlers below all clients are those of the app, which may not be disposed twice.</summary>
    [Fact]
    public async Task Requests_of_all_clients_and_the_handler_end_together()
    {
        HttpClient[] clients = [.. new[] { ImaHosts.ApiBase, ImaHosts.UploadBase, null }.Select(_clients.Create)];
        var pending = clients.Select(client => client.SendAsync(
            KeylessTransfer.Request(HttpMethod.Get, new Uri("https://bucket.example/1.png"), "image/png", attempt: null), Token)).ToList();
        Assert.Equal((0, 3), (_primary.Disposals, _primary.Requests));

        _clients.Dispose();

        Assert.Equal(1, _primary.Disposals);
        foreach (var request in pending)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request.WaitAsync(Token));
        }
    }

    /// <summary>Answers nothing.</summary>
    private sealed class SpyHandler : HttpMessageHandler
    {
        public int Requests { get; private set; }

        public int Disposals { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            throw new InvalidOperationException("Unreachable: the delay never ends.");
        }

        protected override void Dispose(bool disposing)
        {
            Disposals++;
            base.Dispose(disposing);
        }
    }
}
