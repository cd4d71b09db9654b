namespace ImaNanoBanana.Cli.Running;

/// <summary>Formats text that can be pasted into a shell.</summary>
internal static class ShellText
{
    /// <returns>The text, in quotation marks if it has characters with a meaning in a shell.</returns>
    public static string Word(string text) => text.Length > 0 && text[0] != '-' && text.All(IsPlain) ? text : Quoted(text);

    public static string Quoted(string text) => OperatingSystem.IsWindows()
        ? $"\"{text.Replace("\"", "\\\"", StringComparison.Ordinal)}\""
        : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static bool IsPlain(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.' or ':' or '/';
}
