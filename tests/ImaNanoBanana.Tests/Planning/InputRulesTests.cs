using ImaNanoBanana.Planning;
using ImaNanoBanana.Requests;
using static ImaNanoBanana.Tests.Planning.Plans;

namespace ImaNanoBanana.Tests.Planning;

/// <summary>The careful client's section 1, rule 12: the images to work from.</summary>
public class InputRulesTests
{
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
        var fact = InputDetails.FromAddress(address);

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
        var inputs = Enumerable.Range(1, count).Select(number => InputDetails.FromAddress($"https://example.com/{number}.jpg")).ToList();
        var request = Request with { TaskType = ImageTaskType.ImageToImage };
        if (message is null)
        {
            Assert.Equal(
                inputs.Select(input => input.Address),
                Plan($"[{Leaf(files: files)}]", request, inputs).Inputs.Select(input => input.Address));
            return;
        }

        var exception = Refused(() => Plan($"[{Leaf(files: files)}]", request, inputs));
        Assert.Equal(
            (ImaInvalidRequestReason.Images, "images", message),
            (exception.InvalidRequestReason, exception.ParameterName, exception.Message));
    }

    [Fact]
    public void Text_to_image_takes_no_images()
    {
        var exception = Refused(
            () => Plan(
                $"[{Leaf()}]",
                Request with { TaskType = ImageTaskType.TextToImage },
                InputDetails.FromAddress("https://example.com/a.jpg")));

        Assert.Equal("text_to_image works from no images, and 1 were given. Nothing was ordered.", exception.Message);
    }

    [Fact]
    public void Image_that_cannot_be_used_is_named()
    {
        var exception = Refused(() => Plan(
            $"[{Leaf()}]",
            Request with { TaskType = ImageTaskType.ImageToImage },
            InputDetails.FromAddress("https://example.com/a.jpg"),
            InputDetails.FromAddress("http://example.com/b.jpg")));

        Assert.Equal(
            "The image 'http://example.com/b.jpg' is a plain http address; use https or a local file. Nothing was ordered.",
            exception.Message);
    }

    [Fact]
    public void Task_type_follows_from_the_images()
    {
        Assert.Equal(ImageTaskType.TextToImage, ImagePlanner.TaskType(Request));
        Assert.Equal(
            ImageTaskType.ImageToImage, ImagePlanner.TaskType(Request with { Images = [ImageInput.FromUrl("https://example.com/a.jpg")] }));
        Assert.Equal(new ImageTaskType("other"), ImagePlanner.TaskType(Request with { TaskType = new ImageTaskType("other") }));
    }
}
