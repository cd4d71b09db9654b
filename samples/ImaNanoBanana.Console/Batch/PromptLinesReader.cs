using System.Text.Json.Nodes;
using ImaNanoBanana.Cli.Output;

namespace ImaNanoBanana.Cli.Batch;

/// <summary>Reads a prompt from each line. Empty lines are skipped. Pure.</summary>
internal static class PromptLinesReader
{
    public static IEnumerable<BatchEntry> Read(IEnumerable<BatchEntry> lines, Wording say) =>
        lines.Where(line => !line.IsEmpty).Select(line => line.Problem is null ? Prompt(line, say) : line);

    private static BatchEntry Prompt(BatchEntry line, Wording say)
    {
        var prompt = line.Text.Trim();
        return line with { Problem = Problem(prompt, say), Fields = new JsonObject { [BatchFields.Prompt] = prompt } };
    }

    /// <returns>Why the line is probably not meant as a prompt. It would be charged as one.</returns>
    private static string? Problem(string prompt, Wording say)
    {
        if (prompt.StartsWith('#'))
        {
            return say[
                "it begins with '#', but a text file has no comments: each line is a prompt. Remove the line. If it is a prompt, use "
                    + "JSON lines: {\"prompt\": \"# ...\"}.",
                "以“#”开头，但文本文件没有注释，每行都是一条提示词。请删除该行；如果确实是提示词，请改用 JSON 行：{\"prompt\": \"# ...\"}。"];
        }

        return prompt.StartsWith("{\"", StringComparison.Ordinal)
            ? say["it looks like JSON, but the file has a prompt on each line.", "看起来是 JSON，但该文件每行应为一条提示词。"]
            : null;
    }
}
