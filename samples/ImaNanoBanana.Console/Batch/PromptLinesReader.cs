using System.Text.Json.Nodes;
using ImaNanoBanana.Cli.Output;

namespace ImaNanoBanana.Cli.Batch;

/// <summary>Reads a prompt from each line. Empty lines are skipped. Pure.</summary>
internal static class PromptLinesReader
{
    public static IEnumerable<BatchEntry> Read(IEnumerable<BatchEntry> lines, Wording say) =>
        lines.Where(line => !line.IsEmpty).Select(line => line.Problem is null ? Prompt(line, say) : line);

    /// <summary>A line of JSON is probably in the wrong file, and it would be charged as a prompt.</summary>
    private static BatchEntry Prompt(BatchEntry line, Wording say) => line.Text.TrimStart().StartsWith("{\"", StringComparison.Ordinal)
        ? line with { Problem = say["it looks like JSON, but the file has a prompt on each line.", "看起来是 JSON，但该文件每行应为一条提示词。"] }
        : line with { Fields = new JsonObject { [BatchFields.Prompt] = line.Text.Trim() } };
}
