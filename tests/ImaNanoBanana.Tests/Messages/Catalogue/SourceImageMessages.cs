using System.Text;
using ImaNanoBanana.OpenApi;
using ImaNanoBanana.Requests;
using ImaNanoBanana.Tests.Client;
using ImaNanoBanana.Uploads;

namespace ImaNanoBanana.Tests.Messages.Catalogue;

/// <summary>The messages for source images that cannot be used or uploaded.</summary>
internal static class SourceImageMessages
{
    private static readonly byte[] Gif = "GIF89a, a picture"u8.ToArray();

    public static async Task<IEnumerable<CatalogueMessage>> AllAsync() =>
    [
        await UnusableAsync("URL without a host", ImageInput.FromUrl("photo.jpg")),
        await UnusableAsync("URL with plain http", ImageInput.FromUrl("http://example.com/a.jpg")),
        await UnusableAsync("URL with another scheme", ImageInput.FromUrl("ftp://example.com/a.jpg")),
        await UnusableAsync("URL with a password", ImageInput.FromUrl("https://me:secret@example.com/a.jpg")),
        await UnusableAsync("file does not exist", ImageInput.FromFile("missing.png")),
        await UnusableAsync("empty", ImageInput.FromBytes([])),
        await UnusableAsync("format not supported", ImageInput.FromBytes("%PDF-1.7"u8)),
        await UnusableAsync("not an image", ImageInput.FromBytes("good morning"u8)),
        await UnusableAsync("larger than MaxUploadBytes", ImageInput.FromBytes([.. Gif, .. Gif])),
        await UnusableAsync("cannot be read", ImageInput.FromStream(new UnpluggedStream())),
        Message("Requests", "stream closed", Record.Exception(() => ImageInput.FromStream(ClosedStream()))),
        Message("Requests", "changed after it was inspected", Record.Exception(
            () => UnchangedImage.CheckRead(new InputDetails("photo.png", null) { Length = 5 }, Stream.Null, 3))),
        Token("token refused", 200, """{"code":10003,"message":"token refused"}"""),
        Token("token refused, no reason given", 401, ""),
        Token("token without URLs", 200, """{"code":0,"data":null}"""),
        Token("token with another host", 200, """{"code":0,"data":{"ful":"https://evil.example/1","fdl":"https://c.example/1"}}"""),
        await UploadedAsync("no connection for the token", "getuploadtoken", (0, "")),
        await UploadedAsync("no connection to the storage host", "put", (0, "")),
        await UploadedAsync("refused by the storage host", "put", (403, "")),
        Message("Errors", "cancelled before anything was submitted", await CancelledAsync()),
    ];

    private static async Task<CatalogueMessage> UnusableAsync(string name, ImageInput input) =>
        Message("Requests", name, await UploadAsync(input, new ScriptedHandler(), TestContext.Current.CancellationToken));

    private static async Task<CatalogueMessage> UploadedAsync(string name, string endpoint, ScriptedAnswer answer) => Message(
        "Uploads",
        name,
        await UploadAsync(
            ImageInput.FromBytes(Gif), new ScriptedHandler().With(endpoint, answer), TestContext.Current.CancellationToken));

    private static Task<Exception?> CancelledAsync() =>
        UploadAsync(ImageInput.FromBytes(Gif), new ScriptedHandler(), new CancellationToken(canceled: true));

    private static CatalogueMessage Token(string name, int status, string body) => Message("Uploads", name, Record.Exception(
        () => UploadToken.Read(ApiAnswer.Read(status, Encoding.UTF8.GetBytes(body)), "photo.png", ["*.aliyuncs.com"])));

    private static async Task<Exception?> UploadAsync(ImageInput input, ScriptedHandler handler, CancellationToken cancellationToken)
    {
        var options = new ImaNanoBananaOptions { ApiKey = "ima_test_key", RetryReads = false, MaxUploadBytes = Gif.Length };
        using (handler)
        {
            using var client = TestClients.Create(options, handler, new TestTimeProvider());
            return await Record.ExceptionAsync(() => client.UploadAsync(input, cancellationToken));
        }
    }

    private static MemoryStream ClosedStream()
    {
        var stream = new MemoryStream();
        stream.Dispose();
        return stream;
    }

    private static CatalogueMessage Message(string folder, string name, Exception? exception) =>
        CatalogueMessage.FromException(folder, name, exception);

    private sealed class UnpluggedStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("The cable was pulled.");
    }
}
