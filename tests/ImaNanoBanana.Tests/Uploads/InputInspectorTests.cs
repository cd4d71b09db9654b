using ImaNanoBanana.Media;
using ImaNanoBanana.Requests;

namespace ImaNanoBanana.Tests.Uploads;

public class InputInspectorTests
{
    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 9, 9];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("89504E470D0A1A0A", "image/png")]
    [InlineData("FFD8FFE0", "image/jpeg")]
    [InlineData("474946383961", "image/gif")]
    [InlineData("474946383761", "image/gif")]
    [InlineData("524946460000000057454250", "image/webp")]
    [InlineData("5249464600000000574542", null)]
    [InlineData("524946460000000041564920", null)]
    [InlineData("89504E470D0A1A", null)]
    [InlineData("FFD8", null)]
    [InlineData("474946383861", null)]
    [InlineData("", null)]
    public void Format_of_an_image_is_detected_from_its_first_bytes(string hex, string? mediaType) =>
        Assert.Equal(mediaType, MediaTypeSniffer.MediaType(Convert.FromHexString(hex)));

    [Fact]
    public async Task All_local_images_are_checked()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var picture = Path.Combine(folder.FullName, "picture.txt");
            var words = Path.Combine(folder.FullName, "words.png");
            await File.WriteAllBytesAsync(picture, Jpeg, Token);
            await File.WriteAllTextAsync(words, "no picture", Token);

            var facts = await InputInspector.InspectAsync(
                [
                    ImageInput.FromFile(picture),
                    ImageInput.FromFile(words),
                    ImageInput.FromFile(picture + "x"),
                    ImageInput.FromFile(folder.FullName),
                    ImageInput.FromFile(""),
                    null!,
                ],
                new LocalReading(new ImaNanoBananaOptions { MaxUploadBytes = 1000 }, TimeProvider.System),
                Token);

            Assert.Null(facts[0].Problem);
            Assert.Contains("not a PNG, JPEG, WebP or GIF", facts[1].Problem, StringComparison.Ordinal);
            Assert.Contains("not exist", facts[2].Problem, StringComparison.Ordinal);
            Assert.All(facts.Skip(3).Take(2), fact => Assert.StartsWith("cannot be read: ", fact.Problem, StringComparison.Ordinal));
            Assert.Equal("is not a valid image input", facts[5].Problem);
            Assert.Equal((null, "image/jpeg", 6L), (facts[0].Address, facts[0].MediaType, facts[0].Length));
        }
        finally
        {
            TestFolder.Delete(folder);
        }
    }

    [Fact]
    public async Task Seekable_stream_is_read_from_its_position_and_left_open()
    {
        using var stream = new MemoryStream([1, 2, .. Jpeg]) { Position = 2 };
        var input = (LocalImage)ImageInput.FromStream(stream);

        for (var reading = 0; reading < 2; reading++)
        {
            await using var opened = await input.OpenAsync(1000, Token);
            using var copy = new MemoryStream();
            await opened.CopyToAsync(copy, Token);
            Assert.Equal(Jpeg, copy.ToArray());
            Assert.Equal(6, opened.Length);
        }

        Assert.True(stream.CanRead);
    }

    [Fact]
    public async Task Stream_has_one_reader_at_a_time()
    {
        var input = (LocalImage)ImageInput.FromStream(new MemoryStream(Jpeg));
        var first = await input.OpenAsync(1000, Token);
        var second = input.OpenAsync(1000, Token).AsTask();
        Assert.False(second.IsCompleted);

        await first.DisposeAsync();
        await first.DisposeAsync();

        await using var opened = await second;
        Assert.Equal(0xFF, opened.ReadByte());
    }

    [Fact]
    public void Value_that_is_not_an_input_is_rejected_at_once()
    {
        Assert.Throws<ArgumentNullException>("url", () => ImageInput.FromUrl((string)null!));
        Assert.Throws<ArgumentNullException>("url", () => ImageInput.FromUrl((Uri)null!));
        Assert.Throws<ArgumentNullException>("path", () => ImageInput.FromFile(null!));
        Assert.Throws<ArgumentNullException>("stream", () => ImageInput.FromStream(null!));
        var closed = new MemoryStream();
        closed.Dispose();
        Assert.Throws<ArgumentException>("stream", () => ImageInput.FromStream(closed));
    }
}
