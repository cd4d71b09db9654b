namespace ImaNanoBanana.Tests.Messages;

/// <summary>Words for models, sizes and ratios in sentences that describe an image.</summary>
public class ChoiceExtractionTests
{
    private const string Flash = "gemini-3.1-flash-image";
    private const string Pro = "gemini-3-pro-image";

    [Theory]
    [InlineData("用Pro画一只狐狸，竖图，2K", "画一只狐狸", Pro, "2K", "9:16", "用Pro|竖图|2K")]
    [InlineData("make a poster of a cat in 4k, portrait", "make a poster of a cat", null, "4K", "9:16", "in 4k|portrait")]
    [InlineData("a cat, 16:9", "a cat", null, null, "16:9", "16:9")]
    [InlineData("a cat, 16:9.", "a cat.", null, null, "16:9", "16:9")]
    [InlineData("4K, landscape, a cat on a roof", "a cat on a roof", null, "4K", "16:9", "4K|landscape")]
    [InlineData("A cat. Square, 2K. In the rain.", "A cat. In the rain.", null, "2K", "1:1", "Square|2K")]
    [InlineData("use nano banana pro to draw a fox", "draw a fox", Pro, null, null, "use nano banana pro to")]
    [InlineData("Use Pro to edit my photo, wide", "edit my photo", Pro, null, "16:9", "Use Pro to|wide")]
    [InlineData("a fox with Nano Banana Pro", "a fox", Pro, null, null, "with Nano Banana Pro")]
    [InlineData("a fox, with the best model", "a fox", Pro, null, null, "with the best model")]
    [InlineData("a fox using banana 2, square", "a fox", Flash, null, "1:1", "using banana 2|square")]
    [InlineData("a fox, pro", "a fox", Pro, null, null, "pro")]
    [InlineData("a fox, nano banana pro", "a fox", Pro, null, null, "nano banana pro")]
    [InlineData("a fox, cheapest", "a fox", Flash, "512px", null, "cheapest")]
    [InlineData("a fox in HD", "a fox", null, "2K", null, "in HD")]
    [InlineData("a fox, HD", "a fox", null, "2K", null, "HD")]
    [InlineData("a fox in widescreen", "a fox", null, null, "16:9", "in widescreen")]
    [InlineData("a fox in portrait mode", "a fox", null, null, "9:16", "in portrait mode")]
    [InlineData("a fox at 2k resolution", "a fox", null, "2K", null, "at 2k resolution")]
    [InlineData("a fox, size: 2k, aspect ratio 3:4", "a fox", null, "2K", "3:4", "size: 2k|aspect ratio 3:4")]
    [InlineData("a fox, 1024", "a fox", null, "1K", null, "1024")]
    [InlineData("a fox - 4K portrait", "a fox", null, "4K", "9:16", "4K portrait")]
    [InlineData("a fox\n4K", "a fox", null, "4K", null, "4K")]
    [InlineData("画一张竖图，一只狐狸在雪地里", "一只狐狸在雪地里", null, null, "9:16", "画一张竖图")]
    [InlineData("画一张狐狸的4K竖图", "画一张狐狸", null, "4K", "9:16", "的4K竖图")]
    [InlineData("画一只狐狸 竖屏 2K", "画一只狐狸", null, "2K", "9:16", "竖屏 2K")]
    [InlineData("画一只狐狸横版", "画一只狐狸", null, null, "16:9", "横版")]
    [InlineData("画一只狐狸。方图。", "画一只狐狸。", null, null, "1:1", "方图")]
    [InlineData("帮我设计一张竖版海报，主题是狐狸", "帮我设计一张海报，主题是狐狸", null, null, "9:16", "竖版")]
    [InlineData("生成一张4K壁纸", "生成一张壁纸", null, "4K", null, "4K")]
    [InlineData("来一只狐狸，要竖版，2K就行", "来一只狐狸", null, "2K", "9:16", "要竖版|2K就行")]
    [InlineData("竖图：一只狐狸", "一只狐狸", null, null, "9:16", "竖图：")]
    [InlineData("用香蕉2画一只狐狸", "画一只狐狸", Flash, null, null, "用香蕉2")]
    [InlineData("用最好的模型画一只狐狸", "画一只狐狸", Pro, null, null, "用最好的模型")]
    [InlineData("用4K画质画一只狐狸", "画一只狐狸", null, "4K", null, "用4K画质")]
    [InlineData("以2K生成一只狐狸", "生成一只狐狸", null, "2K", null, "以2K")]
    [InlineData("请用Pro给我画一只狐狸", "画一只狐狸", Pro, null, null, "请用Pro给我")]
    [InlineData("一只狐狸，高清", "一只狐狸", null, "2K", null, "高清")]
    [InlineData("一只狐狸，超清，竖版", "一只狐狸", null, "4K", "9:16", "超清|竖版")]
    [InlineData("一只狐狸，尺寸：2K，比例：３：４", "一只狐狸", null, "2K", "3:4", "尺寸：2K|比例：３：４")]
    [InlineData("一只狐狸，最便宜", "一只狐狸", Flash, "512px", null, "最便宜")]
    [InlineData("4K，竖图", "", null, "4K", "9:16", "4K|竖图")]
    [InlineData("a cat, 8k", "a cat", null, "8K", null, "8k")]
    [InlineData(
        "A fox using nano banana pro in 4K", "A fox", Pro, "4K", null, "using nano banana pro|in 4K")]
    [InlineData("a fox in 4k in portrait mode", "a fox", null, "4K", "9:16", "in 4k|in portrait mode")]
    [InlineData("a fox with banana 2 at 2k in 16:9", "a fox", Flash, "2K", "16:9", "with banana 2|at 2k|in 16:9")]
    [InlineData("画一张16:9的高清壁纸", "画一张壁纸", null, "2K", "16:9", "16:9的高清")]
    [InlineData("生成一张3:4海报", "生成一张海报", null, null, "3:4", "3:4")]
    [InlineData("create a square logo for a bakery", "create a logo for a bakery", null, null, "1:1", "square")]
    [InlineData("please design a 16:9 4K banner", "please design a banner", null, "4K", "16:9", "16:9 4K")]
    [InlineData("make a landscape poster of a fox in 2k", "make a poster of a fox", null, "2K", "16:9", "landscape|in 2k")]
    [InlineData("a fox --ar 16:9", "a fox", null, null, "16:9", "--ar 16:9")]
    [InlineData("--ar 3:4 a fox", "a fox", null, null, "3:4", "--ar 3:4")]
    [InlineData("a fox in the snow, 4K --ar 9:16", "a fox in the snow", null, "4K", "9:16", "4K|--ar 9:16")]
    public void Clear_words_set_the_choice(string text, string prompt, string? model, string? size, string? ratio, string taken)
    {
        var result = ImageChoice.Extract(text);

        Assert.Equal(
            (prompt, model, size, ratio),
            (result.Prompt, result.Choice.Model?.Id, result.Choice.Size?.Value, result.Choice.AspectRatio?.Value));
        Assert.Equal(taken, string.Join('|', result.Taken.Select(words => words.Text)));
        Assert.All(result.Taken, words => Assert.Equal(ExtractedWordsState.Taken, words.State));
        Assert.Empty(result.NotTaken);
    }

    [Theory]
    [InlineData("a square in Rome", "square")]
    [InlineData("a park, a square, two trees", "square")]
    [InlineData("a girl with wide eyes", "wide")]
    [InlineData("a wide-eyed girl", "wide")]
    [InlineData("a pro wrestler", "pro")]
    [InlineData("golf lessons with pro", "pro")]
    [InlineData("2k runners", "2k")]
    [InlineData("running 2k", "2k")]
    [InlineData("a laptop with 4K", "4K")]
    [InlineData("a portrait of a woman", "portrait")]
    [InlineData("a woman in portrait", "portrait")]
    [InlineData("a 4K picture of a cat", "4K")]
    [InlineData("a cat, not portrait", "portrait")]
    [InlineData("a cat, portrait or landscape", "portrait|landscape")]
    [InlineData("a cat, best quality", "best quality")]
    [InlineData("苹果，香蕉，梨", "香蕉")]
    [InlineData("画一只猫，不要竖图", "竖图")]
    [InlineData("画一只猫，不需要4K", "4K")]
    [InlineData("画一只猫，横图还是竖图", "横图|竖图")]
    [InlineData("墙上贴着一张横版海报", "横版")]
    [InlineData("一台4K电视", "4K")]
    [InlineData("画一只狐狸 2K", "2K")]
    [InlineData("a salary, 1.4K", "4K")]
    [InlineData("the train leaves at 9:16", "9:16")]
    [InlineData("portrait", "portrait")]
    [InlineData("Pro", "Pro")]
    [InlineData("landscape, wide", "landscape|wide")]
    [InlineData("draw a wide banner held by two women", "wide")]
    [InlineData("a square logo for a bakery", "square")]
    [InlineData("create a pro logo for a bakery", "pro")]
    [InlineData("create a landscape with a logo", "landscape")]
    [InlineData("a fox, vertical", "vertical")]
    [InlineData("a fox in 1080p", "1080p")]
    [InlineData("a fox, 1920x1080", "1920x1080")]
    [InlineData("a fox 1920 × 1080", "1920 × 1080")]
    [InlineData("a fox in 3:7", "3:7")]
    [InlineData("a fox, aspect ratio: 3:7", "3:7")]
    [InlineData("a fox --ar 3:7", "3:7")]
    [InlineData("一只狐狸，比例3:7", "3:7")]
    [InlineData("a fox best model", "best model")]
    [InlineData("画狐狸最好的模型", "最好的模型")]
    public void Words_that_may_describe_the_image_stay_in_the_prompt_and_are_reported(string text, string notTaken)
    {
        var result = ImageChoice.Extract(text);

        Assert.Equal(text, result.Prompt);
        Assert.Equal(new ImageChoice(), result.Choice);
        Assert.Empty(result.Taken);
        Assert.Equal(notTaken, string.Join('|', result.NotTaken.Select(words => words.Text)));
        Assert.All(result.NotTaken, words => Assert.Equal(ExtractedWordsState.Unclear, words.State));
    }

    [Theory]
    [InlineData("a fox, 2K, 4K", "2K|4K")]
    [InlineData("a fox in 4k, 2K", "in 4k|2K")]
    [InlineData("a fox, landscape, 竖图", "landscape|竖图")]
    [InlineData("用Pro画一只狐狸，nano banana 2", "用Pro|nano banana 2")]
    [InlineData("a fox, cheapest, 4K", "cheapest|4K")]
    [InlineData("画狐狸，高清，超清", "高清|超清")]
    [InlineData("画狐狸横图和竖图", "横图和竖图")]
    public void Contradictory_words_stay_in_the_prompt_and_are_reported(string text, string notTaken)
    {
        var result = ImageChoice.Extract(text);

        Assert.Equal((text, new ImageChoice()), (result.Prompt, result.Choice));
        Assert.Equal(notTaken, string.Join('|', result.NotTaken.Select(words => words.Text)));
        Assert.All(result.NotTaken, words => Assert.Equal(ExtractedWordsState.Contradictory, words.State));
    }

    [Theory]
    [InlineData("a fox, 2K, 4K, portrait", "a fox, 2K, 4K", "portrait", "2K|4K")]
    [InlineData("a square in Rome, 16:9", "a square in Rome", "16:9", "square")]
    [InlineData("2k runners, 4K", "2k runners", "4K", "2k")]
    [InlineData("a pro wrestler in 4K", "a pro wrestler", "in 4K", "pro")]
    [InlineData("画狐狸，高清，4K", "画狐狸，高清", "4K", "高清")]
    [InlineData("横图，竖图都行", "竖图都行", "横图", "竖图")]
    public void Clear_words_are_taken_beside_words_that_are_not(string text, string prompt, string taken, string notTaken)
    {
        var result = ImageChoice.Extract(text);

        Assert.Equal(prompt, result.Prompt);
        Assert.Equal(taken, string.Join('|', result.Taken.Select(words => words.Text)));
        Assert.Equal(notTaken, string.Join('|', result.NotTaken.Select(words => words.Text)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("a cat")]
    [InlineData("  a cat,  on a roof. ")]
    [InlineData("an HDMI cable, a product, widespread pros")]
    [InlineData("a sign that says \"sale, 4K, now\"")]
    [InlineData("海报上写着“竖图，2K”")]
    [InlineData("a fox (portrait, 2K)")]
    [InlineData("a crowd of 2,512")]
    [InlineData("a city in 2048")]
    [InlineData("the match ended, 7:2")]
    [InlineData("a clock, 12:30")]
    [InlineData("my best friend, a cheap car")]
    [InlineData("北方图书馆")]
    [InlineData("\uD800 4\uDC00K \0, ,,")]
    public void Text_without_such_words_is_returned_unchanged(string text)
    {
        var result = ImageChoice.Extract(text);

        Assert.Equal((text, new ImageChoice()), (result.Prompt, result.Choice));
        Assert.Empty(result.Taken);
        Assert.Empty(result.NotTaken);
    }

    [Theory]
    [InlineData("1920x1080", "2K", "16:9")]
    [InlineData("512x512", "512px", "1:1")]
    [InlineData("3000*1000", "4K", null)]
    [InlineData("9000x9000", null, "1:1")]
    [InlineData("1080p", "2K", null)]
    [InlineData("vertical", null, "9:16")]
    public void Near_miss_says_what_it_may_mean(string words, string? size, string? ratio)
    {
        var meaning = Assert.Single(ImageChoice.Extract("a fox, " + words).NotTaken).Meaning;

        Assert.Equal((null, size, ratio), (meaning.Model?.Id, meaning.Size?.Value, meaning.AspectRatio?.Value));
    }

    [Fact]
    public void Words_have_their_position_and_meaning()
    {
        const string Text = "用Pro画一只狐狸，竖图，2K";

        var result = ImageChoice.Extract(Text);

        Assert.Equal(
            [
                new ExtractedWords("用Pro", 0, new ImageChoice { Model = ImageModel.NanoBananaPro }, ExtractedWordsState.Taken),
                new ExtractedWords("竖图", 10, new ImageChoice { AspectRatio = AspectRatio.Portrait9x16 }, ExtractedWordsState.Taken),
                new ExtractedWords("2K", 13, new ImageChoice { Size = ImageSize.Size2K }, ExtractedWordsState.Taken),
            ],
            result.Taken);
        Assert.Equal(
            new ImageRequest("画一只狐狸")
            {
                Model = ImageModel.NanoBananaPro,
                AspectRatio = AspectRatio.Portrait9x16,
                Size = ImageSize.Size2K,
            },
            result.ToRequest());
        Assert.Throws<ArgumentNullException>("text", () => ImageChoice.Extract(null!));
    }
}
