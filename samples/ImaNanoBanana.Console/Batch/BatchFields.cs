using System.Text.Json;
using System.Text.Json.Nodes;
using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.DependencyInjection;

namespace ImaNanoBanana.Cli.Batch;

/// <summary>Defines the fields of a batch entry, and finds those that are unknown or have an invalid value. Pure.</summary>
internal sealed class BatchFields(Wording say)
{
    public const string Prompt = "prompt";
    public const string Images = "images";
    public const string Parameters = "parameters";
    public const string Count = "count";
    public const string MaxCredits = "max_credits";
    public const string AllowSmaller = "allow_smaller";
    public const string Output = "output";

    public static IReadOnlyList<string> Names { get; } =
    [
        Prompt, "model", "version_id", "size", "aspect_ratio", Count, Images, Parameters, MaxCredits, AllowSmaller, "idempotency_key",
        Output,
    ];

    public string Unknown(string name) => NearestName.Find(name, Names) is { } nearest
        ? say[$"'{name}' is not a field. Did you mean '{nearest}'?", $"没有名为“{name}”的字段。您是否想用“{nearest}”？"]
        : say[$"'{name}' is not a field. The fields are: {string.Join(", ", Names)}.", $"没有名为“{name}”的字段。可用字段：{string.Join("、", Names)}。"];

    /// <returns>What is wrong with the fields; empty if they can be read.</returns>
    public IEnumerable<string> Problems(JsonObject fields)
    {
        foreach (var (name, value) in fields)
        {
            if (!Names.Contains(name))
            {
                yield return Unknown(name);
            }
            else if (value is not null && Expected(name, value) is { } expected)
            {
                yield return say[$"'{name}' must be {expected}.", $"“{name}”必须是{expected}。"];
            }
        }

        if (fields[Prompt] is null)
        {
            yield return say["'prompt' is missing.", "缺少“prompt”。"];
        }
    }

    /// <returns>The values that the field accepts, if it does not accept this one.</returns>
    private string? Expected(string name, JsonNode value) => name switch
    {
        Count => IsNumber(value) && value.AsValue().TryGetValue<int>(out _) ? null : say["a whole number, such as 2", "整数，例如 2"],
        MaxCredits => IsNumber(value) && value.AsValue().TryGetValue<decimal>(out _) ? null : say["a number, such as 12", "数字，例如 12"],
        AllowSmaller => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? null : say["true or false", " true 或 false"],
        Parameters => value is JsonObject ? null : say["a JSON object, such as {\"seed\": 7}", " JSON 对象，例如 {\"seed\": 7}"],
        Images => value is JsonArray images && images.All(image => image is not null && IsText(image))
            ? null
            : say["a list of files and URLs, such as [\"cat.png\"]", "文件和地址的列表，例如 [\"cat.png\"]"],
        Prompt or Output => value.GetValueKind() == JsonValueKind.String ? null : say["text", "文本"],
        _ => IsText(value) ? null : say["text, such as \"2K\" (not empty)", "非空文本，例如 \"2K\""],
    };

    private static bool IsNumber(JsonNode value) => value.GetValueKind() == JsonValueKind.Number;

    private static bool IsText(JsonNode value) =>
        value.GetValueKind() == JsonValueKind.String && !string.IsNullOrWhiteSpace(value.GetValue<string>());
}
