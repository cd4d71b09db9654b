using ImaNanoBanana.Catalog;
using ImaNanoBanana.Uploads;
using static ImaNanoBanana.Tests.Catalog.Planning;

namespace ImaNanoBanana.Tests.Catalog;

/// <summary>The careful client's section 1, rule 12: the images to work from.</summary>
public class InputRulesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("https://example.com/a b.jpg", null)]
    [InlineData("HTTPS://EXAMPLE.com", null)]
    [InlineData("https://例え.jp/x.png?y=1#z", null)]
    [InlineData("http://example.com/a.jpg", "is a plain http address; use https or a local file")]
    [InlineData("ftp://example.com/a.jpg", "is no https address but 'ftp'")]
    [InlineData("https://", "is no address with a host")]
    [InlineData("photo.jpg", "is no address with a host")]
    [InlineData("/tmp/photo.jpg", "is no address with a host")]
    [InlineData("", "is no address with a host")]
    [InlineData("data:image/png;base64,AAAA", "is no address with a host")]
    [InlineData("https://me:secret@example.com/a.jpg", "carries a user name or password, which would be published")]
    public void Address_is_https_with_a_host_and_without_a_user_and_sent_as_written(string address, string? problem)
    {
        var fact = InputFact.OfAddress(address);

        Assert.Equal((problem, problem is null ? address : null), (fact.Problem, fact.Address));
        Assert.DoesNotContain("secret", fact.Name, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null", 1, null)]
    [InlineData("null", 99, null)]
    [InlineData("null", 0, "Nano Banana 2 works from 1 or more images, and 0 were given. Nothing was ordered.")]
    [InlineData("""{"minLimit":2,"maxLimit":3}""", 1, "Nano Banana 2 works from 2 to 3 images, and 1 were given. Nothing was ordered.")]
    [InlineData("""{"minLimit":2,"maxLimit":3}""", 2, null)]
    [InlineData("""{"minLimit":2,"maxLimit":"3"}""", 3, null)]
    [InlineData("""{"minLimit":2,"maxLimit":3}""", 4, "Nano Banana 2 works from 2 to 3 images, and 4 were given. Nothing was ordered.")]
    [InlineData("""{"minLimit":0,"maxLimit":14}""", 0, "Nano Banana 2 works from 1 to 14 images, and 0 were given. Nothing was ordered.")]
    public void Number_of_images_is_within_the_list_s_limits(string files, int count, string? message)
    {
        var inputs = Enumerable.Range(1, count).Select(number => InputFact.OfAddress($"https://example.com/{number}.jpg")).ToList();
        var request = Request with { TaskType = ImageTaskType.ImageToImage };
        if (message is null)
        {
            Assert.Equal(inputs.Select(input => input.Address), Plan($"[{Leaf(files: files)}]", request, inputs).InputAddresses);
            return;
        }

        var exception = Refused(() => Plan($"[{Leaf(files: files)}]", request, inputs));
        Assert.Equal((ImaRefusal.Images, "images", message), (exception.Refusal, exception.Parameter, exception.Message));
    }

    [Fact]
    public void Text_to_image_takes_no_images()
    {
        var exception = Refused(() => Plan($"[{Leaf()}]", Request with { TaskType = ImageTaskType.TextToImage }, InputFact.OfAddress("https://example.com/a.jpg")));

        Assert.Equal("text_to_image works from no images, and 1 were given. Nothing was ordered.", exception.Message);
    }

    [Fact]
    public void Image_that_cannot_be_used_is_named()
    {
        var exception = Refused(() => Plan(
            $"[{Leaf()}]",
            Request with { TaskType = ImageTaskType.ImageToImage },
            InputFact.OfAddress("https://example.com/a.jpg"),
            InputFact.OfAddress("http://example.com/b.jpg")));

        Assert.Equal("The image 'http://example.com/b.jpg' is a plain http address; use https or a local file. Nothing was ordered.", exception.Message);
    }

    [Fact]
    public void Task_type_follows_from_the_images()
    {
        Assert.Equal(ImageTaskType.TextToImage, ImagePlanner.TaskType(Request));
        Assert.Equal(ImageTaskType.ImageToImage, ImagePlanner.TaskType(Request with { Images = [ImageInput.FromUrl("https://example.com/a.jpg")] }));
        Assert.Equal(new ImageTaskType("other"), ImagePlanner.TaskType(Request with { TaskType = new ImageTaskType("other") }));
    }

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
    public void Kind_of_an_image_is_told_by_its_first_bytes(string hex, string? mediaType) =>
        Assert.Equal(mediaType, MediaTypeSniffer.MediaType(Convert.FromHexString(hex)));

    [Fact]
    public async Task Local_files_are_looked_at_all_of_them()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var picture = Path.Combine(folder.FullName, "picture.txt");
            var words = Path.Combine(folder.FullName, "words.png");
            await File.WriteAllBytesAsync(picture, [0xFF, 0xD8, 0xFF, 0xE0], Token);
            await File.WriteAllTextAsync(words, "no picture", Token);

            var facts = await InputInspector.InspectAsync(
                [ImageInput.FromFile(picture), ImageInput.FromFile(words), ImageInput.FromFile(picture + "x"), ImageInput.FromFile(folder.FullName), ImageInput.FromFile(""), null!],
                Token);

            Assert.Equal(
                [null, "is no PNG, JPEG, WebP or GIF by its first bytes", "does not exist"],
                facts.Take(3).Select(fact => fact.Problem));
            Assert.All(facts.Skip(3).Take(2), fact => Assert.StartsWith("cannot be read: ", fact.Problem, StringComparison.Ordinal));
            Assert.Equal("is no image input", facts[5].Problem);
            Assert.Null(facts[0].Address);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Null_is_no_input()
    {
        Assert.Throws<ArgumentNullException>("url", () => ImageInput.FromUrl((string)null!));
        Assert.Throws<ArgumentNullException>("url", () => ImageInput.FromUrl((Uri)null!));
        Assert.Throws<ArgumentNullException>("path", () => ImageInput.FromFile(null!));
    }
}
