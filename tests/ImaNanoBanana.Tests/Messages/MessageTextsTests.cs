using ImaNanoBanana.Messages;

namespace ImaNanoBanana.Tests.Messages;

/// <summary>Figures and lines that the simulator's catalog does not show.</summary>
public class MessageTextsTests
{
    private static readonly ImageQuote Quote = new()
    {
        TaskType = ImageTaskType.TextToImage,
        Model = ImageModel.NanoBanana2,
        ModelName = "Nano {0} Banana",
        ModelVersion = "v1",
        Count = 3,
        CreditsPerImage = 6,
    };

    [Theory]
    [InlineData("6", "18")]
    [InlineData("6.0", "18")]
    [InlineData("2.50", "7.5")]
    [InlineData("0.125", "0.375")]
    [InlineData("0", "0")]
    public void Price_is_reported_without_trailing_zeros(string each, string all)
    {
        var price = decimal.Parse(each, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(
            $"🎨 Generating your image, one moment…\n• Model: Nano {{0}} Banana\n• Credits: {all} pts",
            new MessageTexts(ImaLanguage.English).Started(Quote with { CreditsPerImage = price }));
    }

    [Theory]
    [InlineData("2K", "9:16", "• 尺寸：2K\n• 比例：9:16\n")]
    [InlineData("2K", null, "• 尺寸：2K\n")]
    [InlineData(null, "9:16", "• 比例：9:16\n")]
    [InlineData(null, null, "")]
    public void Size_and_ratio_are_reported_before_the_price(string? size, string? ratio, string lines)
    {
        var quote = Quote with
        {
            Size = size is null ? null : new ImageSize(size),
            AspectRatio = ratio is null ? null : new AspectRatio(ratio),
        };

        Assert.Equal(
            $"🎨 开始生成图片，请稍候…\n• 模型：Nano {{0}} Banana\n{lines}• 消耗积分：18 pts",
            new MessageTexts(ImaLanguage.Chinese).Started(quote));
    }

    [Theory]
    [InlineData(0, "⏳ Generating… 0%\n0 s so far, at most about 35 s")]
    [InlineData(34.9, "⏳ Generating… 95%\n34 s so far, at most about 35 s")]
    [InlineData(10.4, "⏳ Generating… 29%\n10 s so far, at most about 35 s")]
    [InlineData(35, "⏳ Generating… 95%\n35 s so far, at most about 35 s")]
    [InlineData(35.1, "⏳ Generating… 95%\n35 s so far, at most about 35 s, almost there…")]
    public void Percent_follows_the_specified_formula(double elapsed, string text)
    {
        var task =
            new ImageTask("task_1") { MinExpectedDuration = TimeSpan.FromSeconds(20), MaxExpectedDuration = TimeSpan.FromSeconds(35) };

        Assert.Equal(text, new MessageTexts(ImaLanguage.English).Generating(task, TimeSpan.FromSeconds(elapsed)));
    }

    [Fact]
    public void Changes_of_ids_and_prices_have_no_separate_line()
    {
        ImageAdjustment[] changes =
        [
            new(ImageAdjustmentKind.PriceLowered, "credit", "6", "5"),
            new(ImageAdjustmentKind.ParameterRefreshed, "attribute_id", "4401", "4405"),
            new(ImageAdjustmentKind.ParameterRefreshed, "aspect_ratio", "1:1", "4:3"),
        ];

        Assert.Equal(
            "🎨 开始生成图片，请稍候…\n• 模型：Nano {0} Banana\n• 比例：1:1 改为 4:3\n• 消耗积分：18 pts",
            new MessageTexts(ImaLanguage.Chinese).Started(Quote with { AspectRatio = new AspectRatio("4:3"), Adjustments = changes }));
    }
}
