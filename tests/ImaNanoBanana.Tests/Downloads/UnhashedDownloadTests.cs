using System.Net;

namespace ImaNanoBanana.Tests.Downloads;

/// <summary>Downloads with <see cref="ImaNanoBananaOptions.HashDownloads"/> switched off.</summary>
public sealed class UnhashedDownloadTests : IDisposable
{
    private static readonly GeneratedImage Image = new(new Uri("https://images.example/1.png"));

    private readonly TestFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Without_the_hash_everything_else_is_described()
    {
        using var handler = new FixedHandler(DownloadTests.Png);
        using var hashing = Client(handler, hashes: true);
        using var client = Client(handler, hashes: false);
        using var hashed = new MemoryStream();
        using var destination = new MemoryStream();

        var download = await client.DownloadAsync(Image, destination, Token);

        Assert.Null(download.Sha256);
        Assert.Equal(await hashing.DownloadAsync(Image, hashed, Token) with { Sha256 = null }, download);
        Assert.Equal(DownloadTests.Png, destination.ToArray());
    }

    [Fact]
    public async Task Image_that_is_cut_off_is_still_an_error()
    {
        using var handler = new FixedHandler(DownloadTests.Png[..^1]);
        using var client = Client(handler, hashes: false);

        var exception = await Assert.ThrowsAsync<ImaException>(() => client.DownloadAsync(Image, new MemoryStream(), Token));

        Assert.Equal(ImaErrorKind.DownloadFailed, exception.Kind);
    }

    [Fact]
    public async Task Embedding_a_request_does_not_hash_the_file()
    {
        using var handler = new FixedHandler(DownloadTests.Png);
        using var client = Client(handler, hashes: false);

        var options = new ImageSaveOptions { EmbeddedRequest = new ImageRequest("a fox") };
        var saved = await client.SaveAsync(Image, Path.Combine(_folder.Path, "x"), options, Token);

        Assert.Equal((RequestEmbedding.Written, null), (saved.RequestEmbedding, saved.Sha256));
    }

    private static ImaImageClient Client(HttpMessageHandler handler, bool hashes) => TestClients.Create(
        new ImaNanoBananaOptions { ApiKey = "ima_test_key", HashDownloads = hashes }, handler, new TestTimeProvider());

    private sealed class FixedHandler(byte[] body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(body) });
    }
}
