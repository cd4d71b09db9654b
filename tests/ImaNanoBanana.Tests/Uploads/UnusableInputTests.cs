using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Uploads;

/// <summary>Each kind of unusable image has its own message, for developers and for people.</summary>
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
    public async Task Format_is_reported_whatever_the_file_name(byte[] bytes, string name)
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            foreach (var file in new[] { "photo.heic", "photo.jpg" })
            {
                var path = Path.Combine(folder.FullName, file);
                await File.WriteAllBytesAsync(path, bytes, Token);

                var exception = await RefusedAsync(ImageInput.FromFile(path));

                Assert.Contains($"'{path}' is {name}.", exception.Message, StringComparison.Ordinal);
                Assert.Equal(
                    ("The format of a source image is not supported", "Convert the image to PNG, JPEG, WebP or GIF"), Advice(exception));
            }
        }
        finally
        {
            TestFolder.Delete(folder);
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Image_without_a_path_is_named_by_its_place_and_its_format(byte[] bytes, string name)
    {
        byte[] png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1];
        using var stream = new MemoryStream(bytes);

        var inMemory = await RefusedAsync(ImageInput.FromBytes(png), ImageInput.FromBytes(bytes));
        var inStream = await RefusedAsync(ImageInput.FromStream(stream));

        Assert.StartsWith(
            $"The image 'source image 2 ({bytes.Length} bytes in memory)' is {name}.", inMemory.Message, StringComparison.Ordinal);
        Assert.StartsWith($"The image 'source image 1 (a stream)' is {name}.", inStream.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Url_and_missing_file_and_other_content_have_their_own_messages()
    {
        var http = await RefusedAsync(ImageInput.FromUrl("http://example.com/a.jpg"));
        Assert.Contains("'http://example.com/a.jpg'", http.Message, StringComparison.Ordinal);
        Assert.Equal(("The URL of a source image cannot be used", "Use an https URL or a local file"), Advice(http));

        var missing = await RefusedAsync(ImageInput.FromFile("missing.png"));
        Assert.Contains("'missing.png'", missing.Message, StringComparison.Ordinal);
        Assert.Equal(("The file of a source image does not exist", "Check the file path"), Advice(missing));

        var none = await RefusedAsync();
        Assert.Equal(("There is no source image", "Add at least one image"), Advice(none));
        Assert.Equal("缺少参考图片", none.GetAdvice(ImaLanguage.Chinese).Reason);
    }

    /// <summary>Without its bytes the request could not be compared with the one that has the key, and would seem to be another.</summary>
    [Fact]
    public async Task Missing_file_of_a_request_whose_key_is_known_is_reported_as_such()
    {
        using var folder = new TestFolder();
        var path = Path.Combine(folder.Path, "photo.png");
        await File.WriteAllBytesAsync(path, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1], Token);
        using var handler = new ScriptedHandler();
        using var client = TestClient.Create(handler);
        var request = new ImageRequest("make it red") { Images = [ImageInput.FromFile(path)], IdempotencyKey = "order-1" };
        await client.SubmitAsync(request, Token);
        var sent = handler.Requests.Count;
        File.Delete(path);

        var exception = await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(request, Token));

        Assert.Equal(
            (ImaErrorKind.InvalidRequest, ImaInvalidRequestReason.Images, "order-1"),
            (exception.Kind, exception.InvalidRequestReason, exception.IdempotencyKey));
        Assert.Equal(("The file of a source image does not exist", "Check the file path"), Advice(exception));
        Assert.Equal(sent, handler.Requests.Count);
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
