using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Testing;

/// <summary>The simulator's images, through the public client.</summary>
public sealed class PictureTests : IDisposable
{
    private readonly TestTimeProvider _time = new();
    private readonly ImaSimulator _simulator;
    private readonly ImaImageClient _client;

    public PictureTests()
    {
        _simulator = new ImaSimulator(_time);
        _client = TestClient.Create(_simulator, _time);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _client.Dispose();
        _simulator.Dispose();
    }

    [Fact]
    public async Task Same_submission_gives_the_same_image_and_another_prompt_another()
    {
        var first = await PictureAsync(new ImageRequest("a puppy"));

        Assert.Equal(first, await PictureAsync(new ImageRequest("a puppy")));
        Assert.NotEqual(first, await PictureAsync(new ImageRequest("a kitten")));
    }

    [Fact]
    public async Task Edit_shows_its_source_image()
    {
        var red = await PictureAsync(new ImageRequest("red"));
        var green = await PictureAsync(new ImageRequest("green"));

        var ofRed = await PictureAsync(new ImageRequest("edit") { Images = [ImageInput.FromBytes(red)] });
        var ofGreen = await PictureAsync(new ImageRequest("edit") { Images = [ImageInput.FromBytes(green)] });
        var ofBoth = await PictureAsync(new ImageRequest("edit") { Images = [ImageInput.FromBytes(red), ImageInput.FromBytes(green)] });

        // The frames are drawn over the same picture, and the first frame contains the scaled-down input.
        var (thumbnail, seen) = (Shrink(red, 32), Shrink(ofRed, 1024));
        var scale = 1024 / 2 / 34;
        for (var y = 0; y < 32; y += 5)
        {
            for (var x = 0; x < 32; x += 5)
            {
                var (column, row) = (((x + 3) * scale) + 1, ((y + 3) * scale) + 1);
                Assert.Equal(thumbnail.AsSpan(((y * 32) + x) * 3, 3).ToArray(), seen.AsSpan(((row * 1024) + column) * 3, 3).ToArray());
            }
        }

        Assert.NotEqual(ofRed, ofGreen);
        Assert.NotEqual(ofRed, ofBoth);
    }

    [Theory]
    [InlineData("a cute puppy on grass", 24, "a cute puppy on grass")]
    [InlineData("a cute puppy on grass, chasing", 24, "a cute puppy on grass,")]
    [InlineData("一只 cat 在 the 草地", 24, "cat the")]
    [InlineData("pneumonoultramicroscopic", 10, "pneumonoul")]
    [InlineData("猫", 24, "")]
    public void First_words_of_a_prompt_are_shown(string prompt, int longest, string words) =>
        Assert.Equal(words, PixelFont.FirstWords(prompt, longest));

    [Fact]
    public void Every_character_of_the_font_has_its_own_shape()
    {
        var shapes = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,-'!?:".Select(sign => string.Concat(
            from row in Enumerable.Range(0, PixelFont.Height)
            from column in Enumerable.Range(0, PixelFont.Width)
            select PixelFont.HasPixel(sign, column, row) ? '#' : '.')).ToList();

        Assert.Equal(shapes.Count, shapes.Distinct().Count());
        Assert.All(shapes, shape => Assert.Contains('#', shape));
        Assert.False(PixelFont.HasPixel('猫', 2, 3));
    }

    [Theory]
    [InlineData("")]
    [InlineData("89504E470D0A1A0A")]
    [InlineData("FFD8FFE000104A464946")]
    public void Data_that_is_not_a_png_is_not_read(string hex) =>
        Assert.False(PngReader.TryShrink(Convert.FromHexString(hex), 32, new byte[32 * 32 * 3]));

    private async Task<byte[]> PictureAsync(ImageRequest request)
    {
        var task = await _client.SubmitAsync(request, Token);
        _time.Advance(_simulator.ProcessingTime);
        var result = await _client.WaitForCompletionAsync(task, Token);
        using var destination = new MemoryStream();
        await _client.DownloadAsync(result.Image, destination, Token);
        return destination.ToArray();
    }

    private static byte[] Shrink(byte[] png, int size)
    {
        var rgb = new byte[size * size * 3];
        Assert.True(PngReader.TryShrink(png, size, rgb));
        return rgb;
    }
}
