namespace ImaNanoBanana.Benchmarks.Overhead;

/// <summary>The SDK's client and the hand-written one, with the same service in memory.</summary>
internal sealed class OverheadScene : IDisposable
{
    private const string Key = "ima_key_of_the_benchmarks_0123456789";
    private const string Prompt = "a cute puppy on grass";

    private readonly InMemoryService _service;
    private readonly ImaImageClient _client;
    private readonly HandWrittenClient _handWritten;

    public OverheadScene(byte[] list)
    {
        _service = new InMemoryService(list);
        _client = NewClient();
        _handWritten = NewHandWritten();
    }

    /// <summary>A complete generate with the product list in the cache.</summary>
    public Task OursAsync() => _client.GenerateAsync(new ImageRequest(Prompt));

    /// <inheritdoc cref="OursAsync"/>
    public Task HandWrittenAsync() => _handWritten.GenerateAsync(Prompt);

    /// <summary>The first generate of a new client, which reads the product list.</summary>
    public async Task OursColdAsync()
    {
        using var client = NewClient();
        await client.GenerateAsync(new ImageRequest(Prompt));
    }

    /// <inheritdoc cref="OursColdAsync"/>
    public async Task HandWrittenColdAsync()
    {
        using var client = NewHandWritten();
        await client.GenerateAsync(Prompt);
    }

    /// <exception cref="InvalidOperationException">The two do not send the same requests, so a comparison means nothing.</exception>
    public async Task CheckAsync()
    {
        var ours = await RequestsAsync(OursColdAsync);
        var theirs = await RequestsAsync(HandWrittenColdAsync);
        if (ours.Count != 3 || !ours.SequenceEqual(theirs))
        {
            throw new InvalidOperationException(
                $"The clients do not send the same requests.\n--- ours\n{string.Join("\n\n", ours)}\n--- "
                    + $"hand-written\n{string.Join("\n\n", theirs)}");
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _handWritten.Dispose();
        _service.Dispose();
    }

    /// <summary>Without the limit for requests per second, which exists to slow a client down.</summary>
    private ImaImageClient NewClient() =>
        new ImaImageClient(
            new ImaNanoBananaOptions { ApiKey = Key, RequestsPerSecond = null },
            new ImaImageClientServices { PrimaryHandler = new KeptHandler(_service) });

    private HandWrittenClient NewHandWritten() => new(_service, Key, "ImaNanoBanana/" + SdkVersion.Text);

    private async Task<List<string>> RequestsAsync(Func<Task> call)
    {
        var requests = _service.Requests = [];
        await call();
        _service.Requests = null;
        return requests;
    }

    /// <summary>Forwards everything; a client that disposes it does not dispose the service.</summary>
    private sealed class KeptHandler(InMemoryService service) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _service = new(service, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            _service.SendAsync(request, cancellationToken);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _service.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
