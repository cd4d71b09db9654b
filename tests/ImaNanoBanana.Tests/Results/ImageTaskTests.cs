
namespace ImaNanoBanana.Tests.Results;

public class ImageTaskTests
{
    private static readonly ImageTask Full = new("task_1")
    {
        TaskType = ImageTaskType.TextToImage,
        Model = ImageModel.NanoBanana2,
        ModelName = "Nano Banana 2",
        Size = ImageSize.Size1K,
        AspectRatio = AspectRatio.Landscape16x9,
        CreditsPerImage = 6.5m,
        Count = 2,
        MinExpectedDuration = TimeSpan.FromSeconds(20),
        MaxExpectedDuration = TimeSpan.FromSeconds(35),
        CreatedAt = new DateTimeOffset(2026, 11, 22, 12, 30, 0, TimeSpan.FromHours(8)),
        IdempotencyKey = "0123456789abcdef",
        Adjustments = [new ImageAdjustment(ImageAdjustmentKind.Size8KTo4K, "size", "8K", "4K")],
    };

    [Fact]
    public void Handle_round_trips()
    {
        var copy = ImageTask.FromHandle(Full.ToHandle());

        Assert.Equal(Full, copy);
        Assert.Equal(Full.GetHashCode(), copy.GetHashCode());
        Assert.Equal(Full.Adjustments, copy.Adjustments);
        Assert.NotEqual(Full, copy with { Count = 3 });
        Assert.NotEqual(Full, copy with { Adjustments = [] });
        Assert.NotEqual(Full, copy with { Id = "task_2" });
    }

    [Fact]
    public void Handle_is_versioned_json_on_one_line() => Assert.Equal(
        """{"v":1,"id":"task_1","task_type":"text_to_image","model":"gemini-3.1-flash-image","model_name":"Nano Banana 2","size":"1K","aspect_ratio":"16:9","credits_per_image":6.5,"count":2,"min_expected_duration":20,"max_expected_duration":35,"created_at":"2026-11-22T12:30:00.0000000\u002B08:00","idempotency_key":"0123456789abcdef","adjustments":[{"kind":"size_8k_to_4k","parameter":"size","from":"8K","to":"4K"}]}""",
        Full.ToHandle());

    [Fact]
    public void Bare_id_round_trips()
    {
        Assert.Equal("""{"v":1,"id":"task_1"}""", new ImageTask("task_1").ToHandle());
        Assert.Equal(new ImageTask("task_1"), ImageTask.FromHandle("""{"v":1,"id":"task_1"}"""));
    }

    [Theory]
    [InlineData("""{"id":"task_1"}""")]
    [InlineData("""{"v":99,"id":"task_1","later":{"more":[1]}}""")]
    [InlineData("""{"v":"x","id":"task_1","size":null,"count":"many","created_at":"yesterday","max_expected_duration":-5,"credits_per_image":true}""")]
    [InlineData("""{"id":"task_1","adjustments":[{"kind":"of the future"},7]}""")]
    [InlineData("""{"id":"task_1","count":-1,"credits_per_image":79228162514264337593543950335}""")]
    [InlineData("""{"id":"task_1","count":0,"credits_per_image":-1,"adjustments":[{"\uD800":7}]}""")]
    [InlineData(""" { "id" : "task_1" } """)]
    public void Handle_of_another_version_or_with_damage_still_returns_the_task(string handle) =>
        Assert.Equal(new ImageTask("task_1"), ImageTask.FromHandle(handle));

    [Fact]
    public void Unknown_members_are_kept()
    {
        var task = ImageTask.FromHandle("""{"id":7,"model":"gemini-9","size":"16K","task_type":"image_to_video","aspect_ratio":"2:1"}""");

        Assert.Equal(new ImageTask("7")
        {
            Model = new ImageModel("gemini-9"),
            Size = new ImageSize("16K"),
            TaskType = new ImageTaskType("image_to_video"),
            AspectRatio = new AspectRatio("2:1"),
        }, task);
    }

    [Theory]
    [InlineData("")]
    [InlineData("task_1")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"id":" "}""")]
    [InlineData("""{"id":"task_1" """)]
    public void Text_that_is_not_a_handle_is_a_format_error(string text)
    {
        Assert.Throws<FormatException>(() => ImageTask.FromHandle(text));
        Assert.False(ImageTask.TryFromHandle(text, out _));
    }

    [Fact]
    public void Text_with_half_of_a_surrogate_pair_is_not_a_handle() =>
        Assert.Throws<FormatException>(() => ImageTask.FromHandle("{\"id\":\"task_\uD800\"}"));

    [Fact]
    public void Null_is_not_a_handle()
    {
        Assert.Throws<ArgumentNullException>("handle", () => ImageTask.FromHandle(null!));
        Assert.False(ImageTask.TryFromHandle(null, out _));
    }

    [Theory]
    [InlineData(6, 2, 12)]
    [InlineData(6, null, 6)]
    [InlineData(null, 2, null)]
    public void Credits_are_those_of_all_images(int? each, int? count, int? all) =>
        Assert.Equal(all, new ImageTask("t") { CreditsPerImage = each, Count = count }.Credits);
}
