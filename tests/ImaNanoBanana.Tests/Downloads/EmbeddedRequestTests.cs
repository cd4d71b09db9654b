using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ImaNanoBanana.Tests.Media;

namespace ImaNanoBanana.Tests.Downloads;

/// <summary>The request in a saved file, only if it was asked for, and never at the cost of content credentials.</summary>
public sealed class EmbeddedRequestTests : IDisposable
{
    private static readonly GeneratedImage Image = new(new Uri("https://images.example/1.png"))
    {
        RequestedSize = ImageSize.Size4K,
        RequestedAspectRatio = AspectRatio.Landscape16x9,
    };

    private static readonly ImageRequest Fox = new("一只狐狸 🦊 \"in snow\"")
    {
        Model = ImageModel.NanoBananaPro,
        Size = new ImageSize("8K"),
        Parameters = ImageParameters.Parse("""{"seed":7}"""),
        Tag = "secret-project",
        IdempotencyKey = "secret-order",
        MaxCredits = 20,
        Images = [ImageInput.FromUrl("https://images.example/source.png?token=secret")],
    };

    /// <summary>The chunk of content credentials, between the header and the data.</summary>
    private static readonly byte[] Signed =
        [.. DownloadTests.Png[..33], 0, 0, 0, 4, .. "caBX"u8, 1, 2, 3, 4, 5, 6, 7, 8, .. DownloadTests.Png[33..]];

    private static readonly byte[] Jpeg =
        [0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, 3, 0, 4, 0, 1, 1, 0x11, 0, 0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 0x3F, 0, 1, 2, 0xFF, 0xD9];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task By_default_the_file_has_the_bytes_that_were_delivered(bool isSigned)
    {
        var (download, file) = await SaveAsync(isSigned ? Signed : DownloadTests.Png, new ImageSaveOptions());

        Assert.Equal(isSigned ? Signed : DownloadTests.Png, file);
        Assert.Equal((isSigned, RequestEmbedding.NotRequested), (download.HasContentCredentials, download.RequestEmbedding));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    public async Task Request_is_written_before_the_end_and_all_other_bytes_are_kept(int bytesAfterTheEnd)
    {
        byte[] delivered = [.. DownloadTests.Png, .. new byte[bytesAfterTheEnd]];

        var (download, file) = await SaveAsync(delivered, new ImageSaveOptions { EmbeddedRequest = Fox });

        var end = DownloadTests.Png.Length - 12;
        var added = file.Length - delivered.Length;
        Assert.Equal(delivered[..end], file[..end]);
        Assert.Equal(delivered[end..], file[(end + added)..]);
        Assert.Equal(
            (RequestEmbedding.Written, false, file.LongLength, Convert.ToHexString(SHA256.HashData(file)), 1024, 768),
            (
                download.RequestEmbedding,
                download.HasContentCredentials,
                download.Length,
                download.Sha256!.ToUpperInvariant(),
                download.Width,
                download.Height));

        var texts = Texts(file.AsSpan(end, added));
        Assert.Equal(["Description", "ImaNanoBanana"], texts.Select(text => text.Keyword));
        Assert.Equal(Fox.Prompt, texts[0].Text);
        Assert.True(JsonElement.DeepEquals(
            JsonElement.Parse("""
                {"v":1,"prompt":"一只狐狸 🦊 \"in snow\"","model":"gemini-3-pro-image","size":"4K","aspect_ratio":"16:9","parameters":{"seed":7} }
                """),
            JsonElement.Parse(texts[1].Text)));
        Assert.Contains("一只狐狸", texts[1].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", Encoding.UTF8.GetString(file), StringComparison.Ordinal);
        Assert.Single(_folder.EnumerateFiles());
    }

    [Fact]
    public async Task Image_with_content_credentials_is_not_changed_and_the_result_says_so()
    {
        var (download, file) = await SaveAsync(Signed, new ImageSaveOptions { EmbeddedRequest = Fox });

        Assert.Equal(Signed, file);
        Assert.Equal((true, RequestEmbedding.ContentCredentialsKept), (download.HasContentCredentials, download.RequestEmbedding));
        Assert.Equal(
            (Signed.LongLength, Convert.ToHexString(SHA256.HashData(Signed))), (download.Length, download.Sha256!.ToUpperInvariant()));
    }

    [Fact]
    public async Task Image_with_content_credentials_is_changed_only_if_the_caller_wants_that()
    {
        var (download, file) = await SaveAsync(
            Signed, new ImageSaveOptions { EmbeddedRequest = Fox, EmbedDespiteContentCredentials = true });

        Assert.Equal((true, RequestEmbedding.Written), (download.HasContentCredentials, download.RequestEmbedding));
        Assert.Equal(Signed[..^12], file[..(Signed.Length - 12)]);
        Assert.Equal(2, Texts(file.AsSpan(Signed.Length - 12, file.Length - Signed.Length)).Count);
    }

    [Fact]
    public async Task Other_formats_are_not_changed()
    {
        var (download, file) = await SaveAsync(Jpeg, new ImageSaveOptions { EmbeddedRequest = Fox });

        Assert.Equal(Jpeg, file);
        Assert.Equal((false, RequestEmbedding.UnsupportedFormat), (download.HasContentCredentials, download.RequestEmbedding));
    }

    [Fact]
    public async Task Request_that_cannot_be_written_is_an_error_before_the_download()
    {
        using var handler = new CountingHandler(DownloadTests.Png);
        using var client = TestClients.Create(new ImaNanoBananaOptions { ApiKey = "ima_test_key" }, handler, new TestTimeProvider());

        await Assert.ThrowsAsync<ArgumentException>(
            "request",
            () => client.SaveAsync(
                Image, At("x"), new ImageSaveOptions { EmbeddedRequest = new ImageRequest("\ud800") }, Token));

        Assert.Equal(0, handler.Count);
        Assert.Empty(_folder.EnumerateFiles());
    }

    [Fact]
    public async Task Stream_gets_the_delivered_bytes_and_the_result_names_the_credentials()
    {
        using var handler = new CountingHandler(Signed);
        using var client = TestClients.Create(new ImaNanoBananaOptions { ApiKey = "ima_test_key" }, handler, new TestTimeProvider());
        using var stream = new MemoryStream();

        var download = await client.DownloadAsync(Image, stream, Token);

        Assert.Equal(Signed, stream.ToArray());
        Assert.Equal((true, RequestEmbedding.NotRequested), (download.HasContentCredentials, download.RequestEmbedding));
    }

    private static List<(string Keyword, string Text)> Texts(ReadOnlySpan<byte> chunks)
    {
        var texts = new List<(string, string)>();
        while (!chunks.IsEmpty)
        {
            var length = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(chunks);
            Assert.Equal("iTXt", Encoding.ASCII.GetString(chunks[4..8]));
            Assert.Equal(
                PngTextTests.Checksum(chunks[4..(8 + length)]),
                System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(chunks[(8 + length)..]));
            var data = chunks.Slice(8, length);
            var keyword = Encoding.ASCII.GetString(data[..data.IndexOf((byte)0)]);
            texts.Add((keyword, Encoding.UTF8.GetString(data[(keyword.Length + 5)..])));
            chunks = chunks[(12 + length)..];
        }

        return texts;
    }

    private async Task<(ImageDownload Download, byte[] File)> SaveAsync(byte[] body, ImageSaveOptions options)
    {
        using var handler = new CountingHandler(body);
        using var client = TestClients.Create(new ImaNanoBananaOptions { ApiKey = "ima_test_key" }, handler, new TestTimeProvider());
        var download = await client.SaveAsync(Image, At("x"), options, Token);
        return (download, await File.ReadAllBytesAsync(download.Path!, Token));
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private sealed class CountingHandler(byte[] body) : HttpMessageHandler
    {
        public int Count { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Count++;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(body) });
        }
    }
}
