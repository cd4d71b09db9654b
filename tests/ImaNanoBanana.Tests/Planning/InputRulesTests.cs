using ImaNanoBanana.Planning;
using ImaNanoBanana.Requests;
using static ImaNanoBanana.Tests.Planning.Plans;

namespace ImaNanoBanana.Tests.Planning;

/// <summary>The planner's rules for source images.</summary>
public class InputRulesTests
{
    [Theory]
    [InlineData("https://example.com/a b.jpg", null)]
    [InlineData("HTTPS://EXAMPLE.com", null)]
    [InlineData("https://例え.jp/x.png?y=1#z", null)]
    [InlineData("http://example.com/a.jpg", "uses plain http. Use https or a local file")]
    [InlineData("ftp://example.com/a.jpg", "uses the scheme 'ftp' instead of https")]
    [InlineData("https://", "is not a URL with a host")]
    [InlineData("photo.jpg", "is not a URL with a host")]
    [InlineData("/tmp/photo.jpg", "is not a URL with a host")]
    [InlineData("", "is not a URL with a host")]
    [InlineData("data:image/png;base64,AAAA", "is not a URL with a host")]
    [InlineData("https://me:secret@example.com/a.jpg", "contains a user name or password, which would be published")]
    public void Url_is_https_with_a_host_and_without_a_user_and_sent_as_written(string address, string? problem)
    {
        var fact = InputDetails.FromAddress(address);

        Assert.Equal((problem, problem is null ? address : null), (fact.Problem, fact.Address));
        Assert.DoesNotContain("secret", fact.Name, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null", 1, null)]
    [InlineData("null", 99, null)]
    [InlineData("null", 0, "Nano Banana 2 takes 1 or more source images. Images given: 0. Nothing was submitted.")]
    [InlineData("""{"minLimit":2,"maxLimit":3}""", 1, "Nano Banana 2 takes 2 to 3 source images. Images given: 1. Nothing was submitted.")]
    [InlineData("""{"minLimit":2,"maxLimit":3}""", 2, null)]
    [InlineData("""{"minLimit":2,"maxLimit":"3"}""", 3, null)]
    [InlineData("""{"minLimit":2,"maxLimit":3}""", 4, "Nano Banana 2 takes 2 to 3 source images. Images given: 4. Nothing was submitted.")]
    [InlineData(
        """{"minLimit":0,"maxLimit":14}""", 0, "Nano Banana 2 takes 1 to 14 source images. Images given: 0. Nothing was submitted.")]
    public void Number_of_source_images_is_within_the_limits_of_the_list(string files, int count, string? message)
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
    public void Text_to_image_accepts_no_images()
    {
        var exception = Refused(
            () => Plan(
                $"[{Leaf()}]",
                Request with { TaskType = ImageTaskType.TextToImage },
                InputDetails.FromAddress("https://example.com/a.jpg")));

        Assert.Equal("text_to_image takes no source images. Images given: 1. Nothing was submitted.", exception.Message);
    }

    [Fact]
    public void Image_that_cannot_be_used_is_reported()
    {
        var exception = Refused(() => Plan(
            $"[{Leaf()}]",
            Request with { TaskType = ImageTaskType.ImageToImage },
            InputDetails.FromAddress("https://example.com/a.jpg"),
            InputDetails.FromAddress("http://example.com/b.jpg")));

        Assert.Equal(
            "The image 'http://example.com/b.jpg' uses plain http. Use https or a local file. Nothing was submitted.",
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
