using System.Text;
using System.Text.Json;

namespace ImaNanoBanana.Benchmarks.Overhead;

/// <summary>
/// A product list of 300 leaves in 30 groups: a third are versions of Nano Banana 2, a third of Nano Banana Pro, a third other models. The
/// last leaf of each model is like a real one of the service.
/// </summary>
internal static class LargeCatalog
{
    private const int Groups = 30;
    private const int LeavesOfGroup = 10;

    private static readonly (string Model, string Name, string Time)[] Models =
    [
        ("gemini-3.1-flash-image", "Nano Banana 2", "20~35s"),
        ("gemini-3-pro-image", "Nano Banana Pro", "25~45s"),
        ("another-model", "Another Model", "30~60s"),
    ];

    private static readonly string[] Ratios = [
        "1:1", "1:4", "1:8", "2:3", "3:2", "3:4", "4:1", "4:3", "4:5", "5:4", "8:1", "9:16", "16:9", "21:9"];
    private static readonly string[] Sizes = ["512px", "1K", "2K", "4K"];

    public static byte[] Json { get; } = Write();

    /// <summary>The same answer with only the last two leaves of the supported models.</summary>
    public static byte[] SmallJson { get; } = Write(groups: 2, leaves: 1);

    private static byte[] Write(int groups = Groups, int leaves = LeavesOfGroup)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("code", 200);
            json.WriteString("message", "success");
            json.WriteStartArray("data");
            for (var group = 0; group < groups; group++)
            {
                json.WriteStartObject();
                json.WriteString("id", $"group-{group}");
                json.WriteString("type", "2");
                json.WriteStartArray("children");
                for (var leaf = 0; leaf < leaves; leaf++)
                {
                    WriteLeaf(json, Models[group % Models.Length], (group * leaves) + leaf);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void WriteLeaf(Utf8JsonWriter json, (string Model, string Name, string Time) model, int number)
    {
        json.WriteStartObject();
        json.WriteString("id", $"{model.Model}-{number}");
        json.WriteString("type", "3");
        json.WriteString("model_id", model.Model);
        json.WriteString("name", model.Name);
        json.WriteString(
            "description", "Text to image with a description of some length, as the service has one for every leaf of its product list.");
        json.WriteStartArray("tags");
        json.WriteStartObject();
        json.WriteString("tag_type", "EET");
        json.WriteString("tag_value", model.Time);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartArray("form_config");
        WriteField(json, "aspect_ratio", "1:1", Ratios);
        WriteField(json, "size", "1K", Sizes);
        json.WriteEndArray();
        json.WriteStartArray("credit_rules");
        for (var size = 0; size < Sizes.Length; size++)
        {
            json.WriteStartObject();
            json.WriteNumber("attribute_id", (number * 10) + size);
            json.WriteNumber("points", 4 + (3 * size));
            json.WriteNumber("origin_point", 4 + (3 * size));
            json.WriteStartObject("attributes");
            json.WriteString("size", Sizes[size]);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteField(Utf8JsonWriter json, string name, string value, string[] options)
    {
        json.WriteStartObject();
        json.WriteString("field", name);
        json.WriteString("type", "tags");
        json.WriteString("label", name);
        json.WriteString("value", value);
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
}
