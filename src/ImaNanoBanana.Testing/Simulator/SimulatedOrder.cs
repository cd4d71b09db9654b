using System.Text.Json;

namespace ImaNanoBanana.Testing;

/// <summary>A create as the simulator reads it: strictly, in the types of the wire contract's section 2.</summary>
internal sealed record SimulatedOrder(
    string TaskType,
    string ModelId,
    string ModelVersion,
    int AttributeId,
    decimal Credit,
    string Prompt,
    string Size,
    string AspectRatio,
    int Count)
{
    private static readonly HashSet<string> OuterNames = ["task_type", "enable_multi_model", "src_img_url", "parameters"];

    private static readonly HashSet<string> OrderNames =
    [
        "attribute_id", "model_id", "model_name", "model_version", "app", "platform", "category", "credit", "parameters",
    ];

    /// <summary>The images to work from.</summary>
    public IReadOnlyList<string> Images { get; private init; } = [];

    /// <returns>The order, or the rule that it breaks.</returns>
    public static (SimulatedOrder? Order, string? Broken) Read(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return Read(document.RootElement);
        }
        catch (Exception exception) when (
            exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            return (null, "a member of the create is missing or of another type");
        }
    }

    public static string? TaskId(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.GetProperty("task_id").GetString();
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private static (SimulatedOrder? Order, string? Broken) Read(JsonElement root)
    {
        var outer = root.GetProperty("parameters")[0];
        var inner = outer.GetProperty("parameters");
        var cast = inner.GetProperty("cast");
        var images = Texts(root.GetProperty("src_img_url"));
        var order = new SimulatedOrder(
            root.GetProperty("task_type").GetString()!,
            outer.GetProperty("model_id").GetString()!,
            outer.GetProperty("model_version").GetString()!,
            outer.GetProperty("attribute_id").GetInt32(),
            outer.GetProperty("credit").GetDecimal(),
            inner.GetProperty("prompt").GetString()!,
            inner.GetProperty("size").GetString()!,
            inner.GetProperty("aspect_ratio").GetString()!,
            inner.GetProperty("n").GetInt32())
        {
            Images = images,
        };
        var broken =
            Unknown(root, OuterNames) is { } first ? $"'{first}' does not belong at the top of a create"
            : Unknown(outer, OrderNames) is { } second ? $"'{second}' does not belong beside model_id"
            : root.GetProperty("enable_multi_model").GetBoolean() ? "enable_multi_model is true"
            : outer.GetProperty("app").GetString() != "ima" || outer.GetProperty("platform").GetString() != "web"
                ? "app and platform are not ima and web"
            : outer.GetProperty("category").GetString() != order.TaskType ? "category is not the task type"
            : cast.GetProperty("points").GetDecimal() != order.Credit || cast.GetProperty("attribute_id").GetInt32() != order.AttributeId
                ? "cast does not repeat credit and attribute_id"
            : string.IsNullOrWhiteSpace(order.Prompt) ? "the prompt is empty"
            : !images.SequenceEqual(Texts(inner.GetProperty("input_images"))) ? "src_img_url and input_images differ"
            : order.Count < 1 ? "n is less than 1"
            : null;
        return broken is null ? (order, null) : (null, broken);
    }

    private static List<string> Texts(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetString()!)];

    private static string? Unknown(JsonElement value, HashSet<string> names) =>
        value.EnumerateObject().Select(member => member.Name).FirstOrDefault(name => !names.Contains(name));
}
