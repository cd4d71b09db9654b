namespace ImaNanoBanana.Messages.Words;

/// <summary>The table of the words with which users choose, and of the words around them. Names contain no spaces.</summary>
internal static class ChoiceTable
{
    public static Dictionary<string, ChoiceWord> Create() => new Dictionary<string, ChoiceWord>(StringComparer.Ordinal)
        .AddModels()
        .AddSizes()
        .AddRatios()
        .AddNearMisses()
        .AddConnectives();

    private static Dictionary<string, ChoiceWord> AddModels(this Dictionary<string, ChoiceWord> names) => names
        .Add(
            ChoiceWordKind.Clear,
            new() { Model = ImageModel.NanoBanana2 },
            "nanobanana", "nanobanana2", "banana2", "nb2", "香蕉2", "gemini31flashimage")
        .Add(
            ChoiceWordKind.Praise,
            new() { Model = ImageModel.NanoBanana2 },
            "default", "默认", "balanced", "平衡", "香蕉", "小香蕉")
        .Add(
            ChoiceWordKind.Clear,
            new() { Model = ImageModel.NanoBanana2, Size = ImageSize.Size512 },
            "cheapest", "最便宜", "最省钱")
        .Add(ChoiceWordKind.Praise, new() { Model = ImageModel.NanoBanana2, Size = ImageSize.Size512 }, "budget", "cheap", "便宜")
        .Add(
            ChoiceWordKind.Clear,
            new() { Model = ImageModel.NanoBananaPro },
            "nanobananapro", "bananapro", "nbpro", "香蕉pro", "gemini3proimage")
        .Add(ChoiceWordKind.Common, new() { Model = ImageModel.NanoBananaPro }, "pro")
        .Add(
            ChoiceWordKind.Praise,
            new() { Model = ImageModel.NanoBananaPro },
            "best", "bestquality", "highquality", "highestquality", "premium", "最好", "高质量", "最高质量", "专业版", "大香蕉");

    private static Dictionary<string, ChoiceWord> AddSizes(this Dictionary<string, ChoiceWord> names) => names
        .Add(ChoiceWordKind.Clear, new() { Size = ImageSize.Size512 }, "512px")
        .Add(ChoiceWordKind.Number, new() { Size = ImageSize.Size512 }, "512")
        .Add(ChoiceWordKind.Clear, new() { Size = ImageSize.Size1K }, "1k", "1024px")
        .Add(ChoiceWordKind.Number, new() { Size = ImageSize.Size1K }, "1024")
        .Add(ChoiceWordKind.Clear, new() { Size = ImageSize.Size2K }, "2k")
        .Add(ChoiceWordKind.Vague, new() { Size = ImageSize.Size2K }, "hd", "高清")
        .Add(ChoiceWordKind.Clear, new() { Size = ImageSize.Size4K }, "4k")
        .Add(ChoiceWordKind.Vague, new() { Size = ImageSize.Size4K }, "uhd", "ultrahd", "超清", "超高清")
        .Add(ChoiceWordKind.Clear, new() { Size = new ImageSize("8K") }, "8k");

    private static Dictionary<string, ChoiceWord> AddRatios(this Dictionary<string, ChoiceWord> names) => names
        .Add(ChoiceWordKind.Clear, new() { AspectRatio = AspectRatio.Landscape16x9 }, "widescreen", "横图", "横版", "横屏", "宽屏")
        .Add(ChoiceWordKind.Common, new() { AspectRatio = AspectRatio.Landscape16x9 }, "landscape", "wide")
        .Add(ChoiceWordKind.Clear, new() { AspectRatio = AspectRatio.Portrait9x16 }, "竖图", "竖版", "竖屏")
        .Add(ChoiceWordKind.Common, new() { AspectRatio = AspectRatio.Portrait9x16 }, "portrait")
        .Add(ChoiceWordKind.Clear, new() { AspectRatio = AspectRatio.Square1x1 }, "方图", "方形图")
        .Add(ChoiceWordKind.Common, new() { AspectRatio = AspectRatio.Square1x1 }, "square");

    private static Dictionary<string, ChoiceWord> AddNearMisses(this Dictionary<string, ChoiceWord> names) => names
        .Add(ChoiceWordKind.Near, new() { AspectRatio = AspectRatio.Portrait9x16 }, "vertical", "upright", "竖向", "纵向")
        .Add(ChoiceWordKind.Near, new() { AspectRatio = AspectRatio.Landscape16x9 }, "horizontal", "横向")
        .Add(ChoiceWordKind.Near, new() { Size = ImageSize.Size1K }, "720p")
        .Add(ChoiceWordKind.Near, new() { Size = ImageSize.Size2K }, "1080p", "1440p")
        .Add(ChoiceWordKind.Near, new() { Size = ImageSize.Size4K }, "2160p");

    private static Dictionary<string, ChoiceWord> AddConnectives(this Dictionary<string, ChoiceWord> names) => names
        .AddMeaningless(ChoiceWordKind.In, "in")
        .AddMeaningless(ChoiceWordKind.At, "at")
        .AddMeaningless(ChoiceWordKind.With, "with")
        .AddMeaningless(ChoiceWordKind.Use, "use", "using", "用", "以", "使用", "采用", "按")
        .AddMeaningless(
            ChoiceWordKind.Noun,
            "size", "resolution", "quality", "format", "orientation", "mode", "ratio", "aspectratio",
            "尺寸", "大小", "分辨率", "比例", "画质", "格式")
        .AddMeaningless(ChoiceWordKind.Model, "model", "模型")
        .AddMeaningless(ChoiceWordKind.Article, "the", "a")
        .AddMeaningless(
            ChoiceWordKind.Joint,
            "and", "please", "的", "和", "请", "来", "帮我", "给我", "要", "我要", "需要", "吧", "就行", "就好", "即可")
        .AddMeaningless(ChoiceWordKind.Measure, "一张", "一幅")
        .AddMeaningless(
            ChoiceWordKind.Verb,
            "draw", "paint", "make", "create", "generate", "design", "画", "绘制", "生成", "制作", "设计", "创作", "做")
        .AddMeaningless(ChoiceWordKind.Purpose, "to")
        .AddMeaningless(ChoiceWordKind.Picture, "logo", "poster", "banner", "wallpaper", "cover", "icon", "flyer", "thumbnail",
            "avatar", "sticker", "海报", "图片", "图像", "照片", "壁纸", "封面", "插画", "插图", "头像")
        .AddMeaningless(ChoiceWordKind.About, "for", "of", "about", "showing")
        .AddMeaningless(ChoiceWordKind.Negation, "not", "no", "never", "without", "than", "不", "别", "非", "没", "无", "勿")
        .AddMeaningless(ChoiceWordKind.Alternative, "or", "或", "或者", "还是")
        .AddMeaningless(ChoiceWordKind.Colon, ":")

        // 北方图 is not 北 and 方图.
        .AddMeaningless(
            ChoiceWordKind.Other,
            "东方", "西方", "南方", "北方", "地方", "官方", "对方", "前方", "后方", "双方", "上方", "下方", "四方", "八方", "远方");

    private static Dictionary<string, ChoiceWord> AddMeaningless(
        this Dictionary<string, ChoiceWord> names, ChoiceWordKind kind, params string[] spellings) =>
        names.Add(kind, new ImageChoice(), spellings);

    private static Dictionary<string, ChoiceWord> Add(
        this Dictionary<string, ChoiceWord> names, ChoiceWordKind kind, ImageChoice choice, params string[] spellings)
    {
        var word = new ChoiceWord(kind, choice);
        foreach (var spelling in spellings)
        {
            names.Add(spelling, word);
        }

        return names;
    }
}
