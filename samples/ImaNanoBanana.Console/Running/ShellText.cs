namespace ImaNanoBanana.Cli.Running;

/// <summary>Formats text that can be pasted into a shell.</summary>
internal static class ShellText
{
    public static string Quoted(string text) => OperatingSystem.IsWindows()
        ? $"\"{text.Replace("\"", "\\\"", StringComparison.Ordinal)}\""
        : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
