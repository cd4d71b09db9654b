namespace ImaNanoBanana.Cli.Output;

/// <summary>Selects texts in the language of the program.</summary>
/// <param name="Language">English or Chinese.</param>
internal sealed record Wording(ImaLanguage Language)
{
    private static readonly string[] Variables = ["LC_ALL", "LC_MESSAGES", "LANG"];

    public bool IsChinese => Language == ImaLanguage.Chinese;

    /// <summary>Returns one of two texts with the same meaning.</summary>
    public string this[string english, string chinese] => IsChinese ? chinese : english;

    /// <returns>The language of <c>--language</c>, or of the environment, or English. It is needed before the command line is
    /// parsed.</returns>
    public static Wording FromArguments(IReadOnlyList<string> args, Func<string, string?> variable)
    {
        var named = args.Zip(args.Skip(1)).LastOrDefault(pair => pair.First == "--language").Second
            ?? args.LastOrDefault(arg => arg.StartsWith("--language=", StringComparison.Ordinal))?["--language=".Length..];
        var isKnown = named?.StartsWith("zh", StringComparison.OrdinalIgnoreCase) == true || named == "en";
        var asked = isKnown
            ? named
            : Variables.Select(variable).FirstOrDefault(value => !string.IsNullOrEmpty(value));
        return new(asked?.StartsWith("zh", StringComparison.OrdinalIgnoreCase) == true ? ImaLanguage.Chinese : ImaLanguage.English);
    }
}
