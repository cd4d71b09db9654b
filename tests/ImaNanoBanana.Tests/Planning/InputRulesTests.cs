using ImaNanoBanana.Errors;
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
    [InlineData("http://example.com/a.jpg", "plain http")]
    [InlineData("ftp://example.com/a.jpg", "'ftp'")]
    [InlineData("https://", "a URL with a host")]
    [InlineData("photo.jpg", "a URL with a host")]
    [InlineData("/tmp/photo.jpg", "a URL with a host")]
    [InlineData("", "a URL with a host")]
    [InlineData("data:image/png;base64,AAAA", "a URL with a host")]
    [InlineData("https://me:secret@example.com/a.jpg", "user name or password")]
    public void Url_is_https_with_a_host_and_without_a_user_and_sent_as_written(string address, string? problem)
    {
        var fact = InputDetails.FromAddress(address);

        Assert.Equal((problem is null, problem is null ? address : null), (fact.Problem is null, fact.Address));
        Assert.Contains(problem ?? "", fact.Problem ?? "", StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fact.Name, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null", 1, null)]
    [InlineData("null", 99, null)]
    [InlineData("null", 0, "1 or more")]
    [InlineData("""{"minLimit":2,"maxLimit":3}""", 1, "2 to 3")]
    [InlineData("""{"minLimit":2,"maxLimit":3}""", 2, null)]
    [InlineData("""{"minLimit":2,"maxLimit":"3"}""", 3, null)]
    [InlineData("""{"minLimit":2,"maxLimit":3}""", 4, "2 to 3")]
    [InlineData("""{"minLimit":0,"maxLimit":14}""", 0, "1 to 14")]
    public void Number_of_source_images_is_within_the_limits_of_the_list(string files, int count, string? limits)
    {
        var inputs = Enumerable.Range(1, count).Select(number => InputDetails.FromAddress($"https://example.com/{number}.jpg")).ToList();
        var request = Request with { TaskType = ImageTaskType.ImageToImage };
        if (limits is null)
        {
            Assert.Equal(
                inputs.Select(input => input.Address),
                Plan($"[{Leaf(files: files)}]", request, inputs).Inputs.Select(input => input.Address));
            return;
        }

        var exception = Refused(() => Plan($"[{Leaf(files: files)}]", request, inputs));
        Assert.Equal(
            (ImaInvalidRequestReason.Images, "images"), (exception.InvalidRequestReason, exception.ParameterName));
        Assert.Equal(
            $"Nano Banana 2 takes {limits} source images. Images given: {count}. Nothing was submitted.", exception.Message);
        Assert.Equal(count == 0 ? AdviceCause.NoImage : AdviceCause.Images, exception.ImageCause);
    }

    [Fact]
    public void Text_to_image_accepts_no_images()
    {
        var exception = Refused(
            () => Plan(
                $"[{Leaf()}]",
                Request with { TaskType = ImageTaskType.TextToImage },
                InputDetails.FromAddress("https://example.com/a.jpg")));

        Assert.Equal((ImaInvalidRequestReason.Images, "images"), (exception.InvalidRequestReason, exception.ParameterName));
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

        Assert.Equal(ImaInvalidRequestReason.Images, exception.InvalidRequestReason);
        Assert.Contains("'http://example.com/b.jpg'", exception.Message, StringComparison.Ordinal);
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
