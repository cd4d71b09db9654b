using System.Text.Json;

namespace ImaNanoBanana.Testing;

/// <summary>What the simulated service sells: the two models as the wire contract shows them for April 2026.</summary>
internal static class SimulatedCatalog
{
    private const string TextToImage = "text_to_image";

    private static readonly SimulatedModel[] Models =
    [
        new("gemini-3.1-flash-image", "gemini-3.1-flash-image-preview", "Nano Banana 2", "20~35s",
            ["1:1", "1:4", "1:8", "2:3", "3:2", "3:4", "4:1", "4:3", "4:5", "5:4", "8:1", "9:16", "16:9", "21:9"],
            [new("512px", 4400, 4), new("1K", 4401, 6), new("2K", 4402, 10), new("4K", 4403, 13)]),
        new("gemini-3-pro-image", "gemini-3-pro-image-preview", "Nano Banana Pro", "25~45s",
            ["1:1", "3:2", "2:3", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9"],
            [new("1K", 2399, 10), new("2K", 2400, 10), new("4K", 2401, 18)]),
    ];

    public static string Answer(Uri address) => Envelope.Success(json =>
    {
        json.WriteStartArray("data");
        if (address.Query.Contains("category=" + TextToImage, StringComparison.Ordinal))
        {
            foreach (var model in Models)
            {
                Write(json, model);
            }
        }

        json.WriteEndArray();
    });

    /// <summary>The service's refusal of an order that does not match the catalog, or null.</summary>
    public static string? Refusal(SimulatedOrder order)
    {
        var model = Models.FirstOrDefault(model => model.Id == order.ModelId && model.Version == order.ModelVersion);
        var price = model?.Prices.FirstOrDefault(price => price.AttributeId == order.AttributeId);
        return order.TaskType != TextToImage || model is null || price is null
            ? Envelope.Failure(6010, "Attribute ID does not match the calculated rule")
            : price.Size != order.Size ? Envelope.Failure(6009, "No matching credit rule found")
            : price.Points != order.Credit ? Envelope.Failure(6006, "Credit mismatch")
            : !model.Ratios.Contains(order.AspectRatio) ? Envelope.Failure(400, "Bad request: aspect_ratio")
            : order.Count < 1 ? Envelope.Failure(400, "Bad request: n")
            : null;
    }

    private static void Write(Utf8JsonWriter json, SimulatedModel model)
    {
        json.WriteStartObject();
        json.WriteString("id", model.Version);
        json.WriteString("type", "3");
        json.WriteString("model_id", model.Id);
        json.WriteString("name", model.Name);
        json.WriteStartArray("tags");
        json.WriteStartObject();
        json.WriteString("tag_type", "EET");
        json.WriteString("tag_value", model.ExpectedTime);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartArray("form_config");
        WriteField(json, "aspect_ratio", "1:1", model.Ratios);
        WriteField(json, "size", "1K", model.Prices.Select(price => price.Size));
        json.WriteEndArray();
        json.WriteStartArray("credit_rules");
        foreach (var price in model.Prices)
        {
            json.WriteStartObject();
            json.WriteNumber("attribute_id", price.AttributeId);
            json.WriteNumber("points", price.Points);
            json.WriteStartObject("attributes");
            json.WriteString("size", price.Size);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteField(Utf8JsonWriter json, string name, string fallback, IEnumerable<string> options)
    {
        json.WriteStartObject();
        json.WriteString("field", name);
        json.WriteString("type", "tags");
        json.WriteString("value", fallback);
        json.WriteStartArray("options");
        foreach (var option in options)
        {
            json.WriteStartObject();
            json.WriteString("label", option);
            json.WriteString("value", option);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private sealed record SimulatedModel(
        string Id, string Version, string Name, string ExpectedTime, IReadOnlyList<string> Ratios, IReadOnlyList<SimulatedPrice> Prices);

    private sealed record SimulatedPrice(string Size, int AttributeId, int Points);
}
