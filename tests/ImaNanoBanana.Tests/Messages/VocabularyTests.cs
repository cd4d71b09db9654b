
namespace ImaNanoBanana.Tests.Messages;

/// <summary>The names of models, sizes and ratios as people write them.</summary>
public class VocabularyTests
{
    private const string Flash = "gemini-3.1-flash-image";
    private const string Pro = "gemini-3-pro-image";

    [Theory]
    [InlineData("default", Flash)]
    [InlineData("默认", Flash)]
    [InlineData("balanced", Flash)]
    [InlineData("平衡", Flash)]
    [InlineData("Nano Banana", Flash)]
    [InlineData("Nano Banana 2", Flash)]
    [InlineData("Banana2", Flash)]
    [InlineData("NB2", Flash)]
    [InlineData("香蕉", Flash)]
    [InlineData("香蕉2", Flash)]
    [InlineData("小香蕉", Flash)]
    [InlineData("便宜", Flash)]
    [InlineData("最省钱", Flash)]
    [InlineData("cheapest", Flash)]
    [InlineData("gemini-3.1-flash-image", Flash)]
    [InlineData("best", Pro)]
    [InlineData("high quality", Pro)]
    [InlineData("premium", Pro)]
    [InlineData("best quality", Pro)]
    [InlineData("highest quality", Pro)]
    [InlineData("最高质量", Pro)]
    [InlineData("专业版", Pro)]
    [InlineData("香蕉Pro", Pro)]
    [InlineData("大香蕉", Pro)]
    [InlineData("Pro", Pro)]
    [InlineData("Nano Banana Pro", Pro)]
    [InlineData("Banana Pro", Pro)]
    [InlineData("NB Pro", Pro)]
    [InlineData("最好", Pro)]
    [InlineData("高质量", Pro)]
    [InlineData("gemini-3-pro-image", Pro)]
    [InlineData("  nano   BANANA pro ", Pro)]
    [InlineData("NanoBananaPro", Pro)]
    [InlineData("nano-banana-2", Flash)]
    [InlineData("nano_banana_pro", Pro)]
    [InlineData("ＮＢ２", Flash)]
    [InlineData("Ｎａｎｏ　Ｂａｎａｎａ　Ｐｒｏ", Pro)]
    [InlineData("nb 2", Flash)]
    public void Models_have_their_names(string text, string model)
    {
        Assert.Equal(new ImageModel(model), ImageChoice.Parse(text).Model);
    }

    [Theory]
    [InlineData("512", "512px")]
    [InlineData("512px", "512px")]
    [InlineData("512 PX", "512px")]
    [InlineData("1K", "1K")]
    [InlineData("1k", "1K")]
    [InlineData("2 k", "2K")]
    [InlineData("４Ｋ", "4K")]
    [InlineData(" 8k ", "8K")]
    [InlineData("最便宜", "512px")]
    [InlineData("最省钱", "512px")]
    [InlineData("便宜", "512px")]
    [InlineData("1024", "1K")]
    [InlineData("1024px", "1K")]
    [InlineData("HD", "2K")]
    [InlineData("高清", "2K")]
    [InlineData("超清", "4K")]
    public void Sizes_have_their_names(string text, string size)
    {
        Assert.Equal(size, ImageChoice.Parse(text).Size?.Value);
    }

    [Theory]
    [InlineData("横图", "16:9")]
    [InlineData("竖图", "9:16")]
    [InlineData("方图", "1:1")]
    [InlineData("横版", "16:9")]
    [InlineData("竖版", "9:16")]
    [InlineData("竖屏", "9:16")]
    [InlineData("wide", "16:9")]
    [InlineData("widescreen", "16:9")]
    [InlineData("landscape", "16:9")]
    [InlineData("Portrait", "9:16")]
    [InlineData("SQUARE", "1:1")]
    [InlineData("16:9", "16:9")]
    [InlineData("１６：９", "16:9")]
    [InlineData(" 21 : 9 ", "21:9")]
    [InlineData("4x3", "4:3")]
    [InlineData("3×4", "3:4")]
    [InlineData("8:1", "8:1")]
    [InlineData("7:3", "7:3")]
    public void Ratios_have_their_names(string text, string ratio)
    {
        Assert.Equal(ratio, ImageChoice.Parse(text).AspectRatio?.Value);
    }

    [Theory]
    [InlineData("最便宜", Flash, "512px", null)]
    [InlineData("cheap", Flash, "512px", null)]
    [InlineData("Budget", Flash, "512px", null)]
    [InlineData("最好 4K", Pro, "4K", null)]
    [InlineData("最好的4K横图", Pro, "4K", "16:9")]
    [InlineData("高质量竖图", Pro, null, "9:16")]
    [InlineData("Pro 4K landscape", Pro, "4K", "16:9")]
    [InlineData("Nano Banana Pro 4K", Pro, "4K", null)]
    [InlineData("Nano Banana 2K", Flash, "2K", null)]
    [InlineData("Nano Banana 2 2K", Flash, "2K", null)]
    [InlineData("nano banana 2 4k", Flash, "4K", null)]
    [InlineData("NB2, 1K, 3:4", Flash, "1K", "3:4")]
    [InlineData("pro4k", Pro, "4K", null)]
    [InlineData("cheapest NB2 512", Flash, "512px", null)]
    [InlineData("the best model at 2K", Pro, "2K", null)]
    [InlineData("香蕉＋８Ｋ", Flash, "8K", null)]
    [InlineData("4K", null, "4K", null)]
    [InlineData("方图。", null, null, "1:1")]
    [InlineData("2k 2K", null, "2K", null)]
    [InlineData("", Flash, null, null)]
    [InlineData("   ", Flash, null, null)]
    [InlineData(null, Flash, null, null)]
    public void Phrases_are_choices(string? phrase, string? model, string? size, string? ratio)
    {
        Assert.True(ImageChoice.TryParse(phrase, out var choice));
        Assert.Equal((model, size, ratio), (choice.Model?.Id, choice.Size?.Value, choice.AspectRatio?.Value));
        Assert.Equal(choice, ImageChoice.Parse(phrase));
    }

    [Theory]
    [InlineData("Midjourney")]
    [InlineData("product")]
    [InlineData("best friend")]
    [InlineData("nano banana 3")]
    [InlineData("16K")]
    [InlineData("24K")]
    [InlineData("1024x1024")]
    [InlineData("0:1")]
    [InlineData("1:12512")]
    [InlineData("16:9:1")]
    [InlineData("a the")]
    [InlineData("的")]
    [InlineData("最")]
    [InlineData("not portrait")]
    [InlineData("画竖图")]
    [InlineData("cheapest\0")]
    public void Unknown_words_are_errors_that_list_the_choices(string phrase)
    {
        Assert.False(ImageChoice.TryParse(phrase, out var choice));
        Assert.Null(choice);
        var exception = Assert.Throws<ImaException>(() => ImageChoice.Parse(phrase));
        Assert.Equal(
            (ImaErrorKind.InvalidRequest, ImaInvalidRequestReason.Phrase, ImaChargeStatus.NotCharged),
            (exception.Kind, exception.InvalidRequestReason, exception.ChargeStatus));
        Assert.StartsWith($"'{phrase.TrimEnd('\0')}' ", exception.Message, StringComparison.Ordinal);
        Assert.Equal(23, exception.AllowedValues.Count);
    }

    [Theory]
    [InlineData("cheapest Pro", ImaInvalidRequestReason.Model, "gemini-3.1-flash-image and gemini-3-pro-image")]
    [InlineData("默认 最好", ImaInvalidRequestReason.Model, "gemini-3.1-flash-image and gemini-3-pro-image")]
    [InlineData("最便宜 4K", ImaInvalidRequestReason.Size, "512px and 4K")]
    [InlineData("1K 2K", ImaInvalidRequestReason.Size, "1K and 2K")]
    public void Words_that_contradict_each_other_are_errors(string phrase, ImaInvalidRequestReason refusal, string meanings)
    {
        var exception = Assert.Throws<ImaException>(() => ImageChoice.Parse(phrase));

        Assert.Equal(refusal, exception.InvalidRequestReason);
        Assert.StartsWith($"'{phrase}' ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(meanings, exception.Message, StringComparison.Ordinal);
        Assert.False(ImageChoice.TryParse(phrase, out _));
    }

    [Fact]
    public void Landscape_that_is_portrait_is_an_error()
    {
        var exception = Assert.Throws<ImaException>(() => ImageChoice.Parse("landscape 竖图"));

        Assert.Equal(ImaInvalidRequestReason.AspectRatio, exception.InvalidRequestReason);
        Assert.Contains("16:9 and 9:16", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Prompt_passed_by_mistake_is_rejected_quickly_and_quoted_in_part()
    {
        var exception = Assert.Throws<ImaException>(() => ImageChoice.Parse(string.Concat(Enumerable.Repeat("best 4K ", 100_000))));

        Assert.InRange(exception.Message.Length, 100, 600);
    }

    [Fact]
    public void Choice_is_applied_to_a_request_and_keeps_the_rest()
    {
        var request = new ImageRequest("a puppy") { Size = ImageSize.Size2K, AspectRatio = AspectRatio.Square1x1, MaxCredits = 20 };

        var chosen = ImageChoice.Parse("Pro 竖图").ApplyTo(request);

        Assert.Equal(request with { Model = ImageModel.NanoBananaPro, AspectRatio = AspectRatio.Portrait9x16 }, chosen);
        Assert.Throws<ArgumentNullException>("request", () => new ImageChoice().ApplyTo(null!));
    }
}
