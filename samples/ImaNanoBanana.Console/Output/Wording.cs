namespace ImaNanoBanana.Cli.Output;

/// <summary>The language that the program speaks.</summary>
/// <param name="Language">English or Chinese.</param>
internal sealed record Wording(ImaLanguage Language)
{
    private static readonly string[] Variables = ["LC_ALL", "LC_MESSAGES", "LANG"];

    public bool IsChinese => Language == ImaLanguage.Chinese;

    /// <summary>One of two texts that say the same.</summary>
    public string this[string english, string chinese] => IsChinese ? chinese : english;

    /// <returns>The language of <c>--language</c>, else of the environment, else English. It is needed before the command line
    /// is read.</returns>
    public static Wording FromArguments(IReadOnlyList<string> args, Func<string, string?> variable)
    {
        var asked = args.Zip(args.Skip(1)).LastOrDefault(pair => pair.First == "--language").Second
            ?? args.LastOrDefault(arg => arg.StartsWith("--language=", StringComparison.Ordinal))?["--language=".Length..]
            ?? Variables.Select(variable).FirstOrDefault(value => !string.IsNullOrEmpty(value));
        return new(asked?.StartsWith("zh", StringComparison.OrdinalIgnoreCase) == true ? ImaLanguage.Chinese : ImaLanguage.English);
    }
}
