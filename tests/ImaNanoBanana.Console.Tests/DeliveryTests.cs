using System.Net;
using System.Text.Json;

namespace ImaNanoBanana.Console.Tests;

/// <summary>What the program reports about an image that differs from the request.</summary>
public sealed class DeliveryTests : IDisposable
{
    private static readonly byte[] SmallJpeg = [
        0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, 2, 0, 2, 0, 1, 1, 0x11, 0, 0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 0x3F, 0, 1, 2, 0xFF, 0xD9];

    private readonly CliRun _ima = new();

    public void Dispose() => _ima.Dispose();

    /// <summary>512 x 512 pixels although 4K was charged, and a JPEG whose file name ends in .png.</summary>
    [Fact]
    public async Task Differences_are_noted_in_text_and_in_json()
    {
        using var wire = new OtherImage(_ima.Service);
        _ima.Wire = wire;

        var code = await _ima.RunAsync("generate", "a dog", "--size", "4K", "--aspect-ratio", "16:9", "-o", "p.png", "--json");
        Assert.True(code == 0, _ima.Error);

        var document = JsonDocument.Parse(_ima.Out).RootElement;
        Assert.Equal(
            [
                "p.png does not have the submitted aspect ratio",
                "p.png has 512 x 512 pixels, which is not the submitted size 4K",
                "p.png is image/jpeg, which is not the format that the service reported",
                "p.png contains image/jpeg, which does not match its extension",
            ],
            document.GetProperty("notes").EnumerateArray().Select(note => note.GetString()));
        var file = document.GetProperty("files")[0];
        Assert.Equal(
            [false, false, false, false],
            new[]
            {
                "matches_requested_aspect_ratio", "matches_requested_size", "matches_reported_format", "extension_matches_media_type",
            }.Select(name => file.GetProperty(name).GetBoolean()));

        // A client disposes its handler.
        using var again = new OtherImage(_ima.Service);
        _ima.Wire = again;
        Assert.Equal(0, await _ima.RunAsync("generate", "a dog", "--size", "4K", "-o", "p2.png"));
        Assert.Contains("512 x 512 pixels, which is not the submitted size 4K", _ima.Out.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_as_requested_has_no_notes()
    {
        Assert.Equal(0, await _ima.RunAsync("generate", "a dog", "--size", "2K", "--aspect-ratio", "21:9", "-o", "p.png", "--json"));

        Assert.Empty(JsonDocument.Parse(_ima.Out).RootElement.GetProperty("notes").EnumerateArray());
    }

    private sealed class OtherImage(HttpMessageHandler service) : DelegatingHandler(service)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            request.RequestUri!.AbsolutePath.EndsWith(".png", StringComparison.Ordinal)
                ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(SmallJpeg) }
                : await base.SendAsync(request, cancellationToken);
    }
}
