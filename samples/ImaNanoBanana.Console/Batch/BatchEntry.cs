using System.Text.Json.Nodes;

namespace ImaNanoBanana.Cli.Batch;

/// <summary>Represents an entry of a batch file in any form: its fields, or why it cannot be read.</summary>
/// <param name="Number">The number of its line in the file, from 1.</param>
/// <param name="Text">The text of the line.</param>
internal sealed record BatchEntry(int Number, string Text)
{
    /// <summary>Whether the line has no text.</summary>
    public bool IsEmpty => Problem is null && string.IsNullOrWhiteSpace(Text);

    public JsonObject? Fields { get; init; }

    public string? Problem { get; init; }
}
