namespace ImaNanoBanana.Tests.Values;

public class ValueTypeTests
{
    [Fact]
    public void Known_values_have_the_spelling_of_the_service()
    {
        Assert.Equal(["gemini-3.1-flash-image", "gemini-3-pro-image"], [ImageModel.NanoBanana2.Id, ImageModel.NanoBananaPro.Id]);
        Assert.Equal(
            ["512px", "1K", "2K", "4K"],
            [ImageSize.Size512.Value, ImageSize.Size1K.Value, ImageSize.Size2K.Value, ImageSize.Size4K.Value]);
        Assert.Equal(["1:1", "16:9", "9:16"], [AspectRatio.Square.Value, AspectRatio.Wide16x9.Value, AspectRatio.Tall9x16.Value]);
        Assert.Equal("text_to_image", ImageTaskType.TextToImage.Value);
    }

    [Fact]
    public void Default_values_are_valid()
    {
        Assert.Equal(
            ("", "", "", "text_to_image"),
            (
                default(ImageModel).ToString(),
                default(ImageSize).ToString(),
                default(AspectRatio).ToString(),
                default(ImageTaskType).ToString()));
        Assert.Equal(default, new ImageModel(""));
        Assert.Equal(default(ImageModel).GetHashCode(), new ImageModel("").GetHashCode());
    }

    [Fact]
    public void Models_are_compared_exactly_and_sizes_and_ratios_ignoring_case_and_space()
    {
        Assert.True(new ImageModel("A") != new ImageModel("a"));
        Assert.True(new ImageSize(" 1k ") == ImageSize.Size1K);
        Assert.Equal(new ImageSize("1k").GetHashCode(), ImageSize.Size1K.GetHashCode());
        Assert.True(new AspectRatio(" 16:9") == AspectRatio.Wide16x9);
        Assert.True(new ImageTaskType("x") != ImageTaskType.TextToImage);
    }

    [Fact]
    public void Null_is_rejected()
    {
        Assert.Throws<ArgumentNullException>("id", () => new ImageModel(null!));
        Assert.Throws<ArgumentNullException>("value", () => new ImageSize(null!));
        Assert.Throws<ArgumentNullException>("value", () => new AspectRatio(null!));
        Assert.Throws<ArgumentNullException>("value", () => new ImageTaskType(null!));
    }
}
