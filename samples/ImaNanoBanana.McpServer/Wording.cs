namespace ImaNanoBanana.Mcp;

/// <summary>The language of answers and questions. What tells a model how to use the tools is English alone.</summary>
/// <param name="Language">English or Chinese.</param>
internal sealed record Wording(ImaLanguage Language)
{
    /// <summary>One of two texts that say the same.</summary>
    public string this[string english, string chinese] => Language == ImaLanguage.Chinese ? chinese : english;

    /// <param name="asked">A language, <c>zh-CN</c> for example, or null.</param>
    public static Wording FromLanguage(string? asked) =>
        new(asked?.StartsWith("zh", StringComparison.OrdinalIgnoreCase) == true ? ImaLanguage.Chinese : ImaLanguage.English);
}
