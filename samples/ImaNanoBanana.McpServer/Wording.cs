namespace ImaNanoBanana.Mcp;

/// <summary>The language of answers and questions. Texts that explain to a model how to use the tools are always English.</summary>
/// <param name="Language">English or Chinese.</param>
internal sealed record Wording(ImaLanguage Language)
{
    /// <summary>Selects one of two texts with the same meaning.</summary>
    public string this[string english, string chinese] => Language == ImaLanguage.Chinese ? chinese : english;

    /// <param name="asked">A language, <c>zh-CN</c> for example, or null.</param>
    public static Wording FromLanguage(string? asked) =>
        new(asked?.StartsWith("zh", StringComparison.OrdinalIgnoreCase) == true ? ImaLanguage.Chinese : ImaLanguage.English);
}
