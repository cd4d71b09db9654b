using System.Text.Json;
using System.Text.Json.Nodes;
using ImaNanoBanana.Cli.Output;

namespace ImaNanoBanana.Cli.Batch;

/// <summary>Reads a JSON object from each line. Empty lines are skipped. Pure.</summary>
internal static class JsonLinesReader
{
    public static IEnumerable<BatchEntry> Read(IEnumerable<BatchEntry> lines, Wording say) =>
        lines.Where(line => !line.IsEmpty).Select(line => line.Problem is null ? Parse(line, say) : line);

    private static BatchEntry Parse(BatchEntry line, Wording say)
    {
        try
        {
            if (JsonNode.Parse(line.Text) is JsonObject fields)
            {
                ReadAll(fields);
                return line with { Fields = fields };
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Reported below, in the user's language and without the names of types.
        }
        catch (ArgumentException)
        {
            return line with { Problem = say["a field is given twice.", "有字段重复出现。"] };
        }

        return line with
        {
            Problem = say[
                "it is not a JSON object. Write {\"prompt\": \"a cat\"}, or name another form with --format csv or --format txt.",
                "不是 JSON 对象。请写成 {\"prompt\": \"一只猫\"}，或用 --format csv、--format txt 指定其他格式。"],
        };
    }

    /// <summary>Reads every value, because values are decoded late, and half of a surrogate pair cannot be decoded.</summary>
    private static void ReadAll(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject fields:
                foreach (var (_, value) in fields)
                {
                    ReadAll(value);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    ReadAll(item);
                }

                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                _ = value.GetValue<string>();
                break;
            default:
                break;
        }
    }
}
