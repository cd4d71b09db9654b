namespace ImaNanoBanana.Cli.Batch;

/// <summary>Determines the form of a batch file. When in doubt, it is JSON lines, and other text is rejected. Pure.</summary>
internal static class BatchFormats
{
    public const string JsonLines = "jsonl";
    public const string Csv = "csv";
    public const string Text = "txt";

    /// <param name="named">The form that the user named, or null.</param>
    /// <param name="path">The path of the file.</param>
    /// <param name="lines">The lines of the file. JSON lines are recognized whatever the name of the file.</param>
    public static BatchFormat Find(string? named, string path, IReadOnlyList<BatchEntry> lines)
    {
        var first = lines.FirstOrDefault(line => !line.IsEmpty)?.Text.TrimStart();
        var form = named ?? (first?.StartsWith('{') == true ? JsonLines : Path.GetExtension(path).TrimStart('.').ToLowerInvariant());
        return form switch
        {
            Csv => BatchFormat.Csv,
            Text => BatchFormat.Text,
            _ => BatchFormat.JsonLines,
        };
    }
}
