using System.Globalization;
using System.Reflection;

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
        Assert.Equal("text_to_image", ImageTaskType.TextToImage.Value);
    }

    [Fact]
    public void Every_listed_ratio_has_a_constant_that_is_named_after_it()
    {
        var constants = typeof(AspectRatio).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .ToDictionary(property => property.Name, property => ((AspectRatio)property.GetValue(null)!).Value);

        Assert.Equal(
            ["16:9", "1:1", "1:4", "1:8", "21:9", "2:3", "3:2", "3:4", "4:1", "4:3", "4:5", "5:4", "8:1", "9:16"],
            constants.Values.Order(StringComparer.Ordinal));
        Assert.All(constants, constant => Assert.Equal(constant.Key, NameOf(constant.Value)));

        static string NameOf(string ratio)
        {
            var parts = ratio.Split(':').Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToList();
            var shape = parts[0].CompareTo(parts[1]) switch { < 0 => "Portrait", > 0 => "Landscape", _ => "Square" };
            return $"{shape}{parts[0]}x{parts[1]}";
        }
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
        Assert.True(new AspectRatio(" 16:9") == AspectRatio.Landscape16x9);
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
