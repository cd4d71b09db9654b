namespace ImaChatBot.Answers;

/// <summary>The message about an image of an earlier process. Pure.</summary>
internal static class ResumedText
{
    public static string Of(ImageOutcome outcome, ImaLanguage language)
    {
        var isChinese = language == ImaLanguage.Chinese;
        if (outcome.Result is { } result)
        {
            var links = string.Concat(result.Images.Select(image => $"\n🔗 {image.Url}"));
            return (isChinese ? "✅ 久等了，之前的图片已生成。" : "✅ Sorry for the wait: your image is ready.") + links;
        }

        // An outcome has either a result or an error.
        var advice = outcome.Error!.GetAdvice(language);
        return isChinese
            ? $"❌ 之前的图片未能生成\n• 原因：{advice.Reason}\n• 建议：{advice.Suggestion}"
            : $"❌ The image that you asked for could not be generated\n• Reason: {advice.Reason}\n• Suggestion: {advice.Suggestion}";
    }
}
