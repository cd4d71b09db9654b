using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Uploads;

/// <summary>S6. Each image that cannot be used has its own sentence, for developers and for people.</summary>
public class UnusableInputTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<byte[], string> Formats() => new()
    {
        { [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0], "a HEIC image" },
        { [0, 0, 0, 24, .. "ftypmif1"u8, 0, 0, 0, 0], "a HEIC image" },
        { [0, 0, 0, 32, .. "ftypavif"u8, 0, 0, 0, 0], "an AVIF image" },
        { [0, 0, 0, 32, .. "ftypisom"u8, 0, 0, 0, 0], "a video" },
        { [.. "BM"u8, .. new byte[20]], "a BMP image" },
        { [.. "II*"u8, 0, 8, 0, 0, 0], "a TIFF image" },
        { [.. "MM"u8, 0, 42, 0, 0, 0, 8], "a TIFF image" },
        { [.. "%PDF-1.7"u8], "a PDF document" },
        { [.. "<?xml version=\"1.0\"?>\n<!-- made by hand -->\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>"u8], "an SVG image" },
        { [0xEF, 0xBB, 0xBF, .. " <svg/>"u8], "an SVG image" },
        { [0xFF, 0x0A, 1, 2], "a JPEG XL image" },
        { [0, 0, 1, 0, 1, 0], "an ICO image" },
    };

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Format_is_named_whatever_the_file_is_called(byte[] bytes, string name)
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            foreach (var file in new[] { "photo.heic", "photo.jpg" })
            {
                var path = Path.Combine(folder.FullName, file);
                await File.WriteAllBytesAsync(path, bytes, Token);

                var exception = await RefusedAsync(ImageInput.FromFile(path));

                Assert.Equal(
                    $"The image '{path}' is {name}. Supported formats: PNG, JPEG, WebP, GIF. Nothing was ordered.", exception.Message);
                Assert.Equal(("An image has a format that cannot be used", "Convert it to PNG, JPEG, WebP or GIF"), Advice(exception));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Address_and_missing_file_and_no_image_have_their_sentences()
    {
        var http = await RefusedAsync(ImageInput.FromUrl("http://example.com/a.jpg"));
        Assert.Equal(
            "The image 'http://example.com/a.jpg' is a plain http address; use https or a local file. Nothing was ordered.", http.Message);
        Assert.Equal(("The address of an image cannot be used", "Use an https address or a local file"), Advice(http));

        var missing = await RefusedAsync(ImageInput.FromFile("missing.png"));
        Assert.Equal("The image 'missing.png' does not exist. Nothing was ordered.", missing.Message);
        Assert.Equal(("There is no such image file", "Check the path of the file"), Advice(missing));

        var none = await RefusedAsync();
        Assert.Equal(("There is no image to work from", "Add at least one image"), Advice(none));
        Assert.Equal("没有参考图片", none.GetAdvice(ImaLanguage.Chinese).Reason);
    }

    private static (string, string) Advice(ImaException exception) =>
        (exception.GetAdvice(ImaLanguage.English).Reason, exception.GetAdvice(ImaLanguage.English).Suggestion);

    private static async Task<ImaException> RefusedAsync(params ImageInput[] images)
    {
        using var handler = new ScriptedHandler();
        using var client = TestClient.Create(handler);
        var exception = await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(
            new ImageRequest("make it red") { TaskType = ImageTaskType.ImageToImage, Images = images }, Token));
        Assert.Equal(0, handler.Count("create"));
        return exception;
    }
}
