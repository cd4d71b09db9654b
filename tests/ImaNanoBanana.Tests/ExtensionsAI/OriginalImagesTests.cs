using ImaNanoBanana.Tests.Downloads;
using Microsoft.Extensions.AI;

namespace ImaNanoBanana.Tests.ExtensionsAI;

public sealed class OriginalImagesTests : IDisposable
{
    private readonly GeneratorShop _shop = new();
    private int _enumerations;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task All_images_are_used_in_order_and_enumerated_once()
    {
        await _shop.GenerateAsync("make it blue", images: Images());

        string[] addresses = [
            "https://images.example/1.png",
            "https://ima-ga.esxscloud.com/simulator/uploads/0001.png",
            "https://images.example/3.png?a=%2F",
            "https://ima-ga.esxscloud.com/simulator/uploads/0002.png"];
        var sent = _shop.Submission["src_img_url"]!.AsArray().Select(node => (string)node!).ToList();
        Assert.Equal(addresses.Order(), sent.Order());
        Assert.Equal((addresses[0], addresses[2]), (sent[0], sent[2]));
        Assert.Equal(sent, _shop.Parameters["input_images"]!.AsArray().Select(node => (string)node!));
        Assert.Equal("image_to_image", (string?)_shop.Submission["task_type"]);
        Assert.Equal((1, 2), (_enumerations, _shop.Count("put")));
        Assert.Equal([6m], _shop.Charged);
        Assert.Empty(_shop.Simulator.Violations);
        Assert.Empty(_shop.Simulator.Differences);
    }

    [Fact]
    public async Task Bytes_are_uploaded_by_their_content_whatever_name_and_media_type_they_have()
    {
        await _shop.RunAsync(_shop.Generator.EditImageAsync(DownloadTests.Png, "photo.dat", "make it blue", cancellationToken: Token));

        Assert.Equal(
            ["https://ima-ga.esxscloud.com/simulator/uploads/0001.png"],
            _shop.Submission["src_img_url"]!.AsArray().Select(node => (string)node!));
    }

    [Fact]
    public async Task Without_images_the_image_is_generated_from_the_prompt()
    {
        await _shop.GenerateAsync("a puppy", images: []);

        Assert.Equal("text_to_image", (string?)_shop.Submission["task_type"]);
    }

    [Theory]
    [InlineData(null, "null")]
    [InlineData("text", "TextContent")]
    public async Task Other_content_is_rejected_before_anything_is_sent(string? text, string named)
    {
        AIContent?[] images = [new UriContent("https://images.example/1.png", "image/png"), text is null ? null : new TextContent(text)];

        var exception = await Assert.ThrowsAsync<NotSupportedException>(() => _shop.GenerateAsync("make it blue", images: images!));

        Assert.Equal(
            $"An original image is {named}. Use DataContent for bytes or UriContent for an https URL. Nothing was submitted.",
            exception.Message);
        Assert.Empty(_shop.Requests);
    }

    [Fact]
    public async Task Image_that_the_client_rejects_is_the_error_of_the_client()
    {
        var plain = await Assert.ThrowsAsync<ImaException>(
            () => _shop.GenerateAsync("make it blue", images: [new UriContent("http://images.example/1.png", "image/png")]));
        var text = await Assert.ThrowsAsync<ImaException>(
            () => _shop.GenerateAsync("make it blue", images: [new DataContent("no image"u8.ToArray(), "image/png")]));

        Assert.Equal(
            (ImaInvalidRequestReason.Images, ImaInvalidRequestReason.Images), (plain.InvalidRequestReason, text.InvalidRequestReason));
        Assert.Equal((0, 0), (_shop.Count("create"), _shop.Count("put")));
    }

    private IEnumerable<AIContent> Images()
    {
        _enumerations++;
        yield return new UriContent("https://images.example/1.png", "image/png");
        yield return new DataContent(DownloadTests.Png, "image/png");
        yield return new UriContent("https://images.example/3.png?a=%2F", "image/*");
        yield return new DataContent((byte[])[.. DownloadTests.Png[..30], 7, .. DownloadTests.Png[31..]], "application/octet-stream");
    }
}
