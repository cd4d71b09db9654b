using System.Globalization;
using ImaNanoBanana.Studio.Storage;

namespace ImaNanoBanana.Studio.Texts;

/// <summary>Describes how an image differs from its request. This is not an error. Pure.</summary>
internal static class NoteTexts
{
    public static IEnumerable<string> Describe(ImageDetails details, ImaLanguage language)
    {
        foreach (var adjustment in details.Adjustments)
        {
            yield return Describe(adjustment, language);
        }

        foreach (var file in details.Files.Where(file => !file.MatchesRequest))
        {
            yield return language.Select(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The image has {file.Width} × {file.Height} pixels, which is not the requested size or aspect ratio."),
                string.Create(CultureInfo.InvariantCulture, $"图片为 {file.Width} × {file.Height} 像素，与请求的尺寸或画面比例不符。"));
        }

        if (details.MissingCount > 0)
        {
            yield return language.Select(
                string.Create(
                    CultureInfo.InvariantCulture, $"{details.MissingCount} of {details.Count} images were not delivered."),
                string.Create(CultureInfo.InvariantCulture, $"请求 {details.Count} 张，有 {details.MissingCount} 张未能生成。"));
        }
    }

    public static string Describe(ImageAdjustment adjustment, ImaLanguage language)
    {
        var (from, to) = (adjustment.From, adjustment.To);
        return adjustment.Kind switch
        {
            ImageAdjustmentKind.Size8KTo4K =>
                language.Select("8K is not available. The image is generated in 4K.", "暂不支持 8K，将生成 4K 图片。"),
            ImageAdjustmentKind.SizeReduced =>
                language.Select($"{from} is not available. The image is generated in {to}.", $"暂不支持 {from}，将生成 {to} 图片。"),
            ImageAdjustmentKind.PriceLowered =>
                language.Select($"The price fell from {from} to {to} credits.", $"价格由 {from} 积分降至 {to} 积分。"),
            ImageAdjustmentKind.PriceRaised =>
                language.Select($"The price rose from {from} to {to} credits.", $"价格由 {from} 积分升至 {to} 积分。"),
            _ => language.Select(
                $"{adjustment.Parameter} was changed from {from} to {to}.", $"{adjustment.Parameter} 已由 {from} 改为 {to}。"),
        };
    }
}
