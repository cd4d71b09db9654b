using System.Text.Json;

namespace ImaNanoBanana.Testing;

/// <summary>A create as the simulator reads it: strictly, in the types of the wire contract's section 2.</summary>
internal sealed record SimulatedOrder(
    string TaskType, string ModelId, string ModelVersion, int AttributeId, decimal Credit, string Prompt, string Size, string AspectRatio, int Count)
{
    public static SimulatedOrder? Read(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            var order = root.GetProperty("parameters")[0];
            var inner = order.GetProperty("parameters");
            return new SimulatedOrder(
                root.GetProperty("task_type").GetString()!,
                order.GetProperty("model_id").GetString()!,
                order.GetProperty("model_version").GetString()!,
                order.GetProperty("attribute_id").GetInt32(),
                order.GetProperty("credit").GetDecimal(),
                inner.GetProperty("prompt").GetString()!,
                inner.GetProperty("size").GetString()!,
                inner.GetProperty("aspect_ratio").GetString()!,
                inner.GetProperty("n").GetInt32());
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            return null;
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
}
