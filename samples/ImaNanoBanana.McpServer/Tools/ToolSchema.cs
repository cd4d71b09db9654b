using System.ComponentModel;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace ImaNanoBanana.Mcp.Tools;

/// <summary>Creates the JSON schemas of the tools from the types of their arguments and answers.</summary>
internal static class ToolSchema
{
    private static readonly JsonSchemaExporterOptions Options =
        new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Described };

    /// <summary>Unknown arguments are rejected, and the schema says so.</summary>
    public static JsonElement CreateForArguments(JsonTypeInfo type)
    {
        var schema = Create(type);
        schema["additionalProperties"] = false;
        return JsonSerializer.SerializeToElement(schema, Answers.SchemaJson.Default.JsonObject);
    }

    public static JsonElement CreateForAnswer(JsonTypeInfo type) =>
        JsonSerializer.SerializeToElement(Create(type), Answers.SchemaJson.Default.JsonObject);

    private static JsonObject Create(JsonTypeInfo type) => type.GetJsonSchemaAsNode(Options).AsObject();

    private static JsonObject Described(JsonSchemaExporterContext context, JsonNode schema)
    {
        // A JsonElement can be anything. The only one here is a handle, which is a string.
        var node = schema as JsonObject ?? new JsonObject { ["type"] = "string" };

        // Null values are omitted, and some clients do not support type unions.
        if (node["type"] is JsonArray types && types.Select(each => each!.GetValue<string>()).Where(each => each != "null").ToList()
            is [var one])
        {
            node["type"] = one;
        }

        if (context.PropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(DescriptionAttribute), inherit: true)
            is [DescriptionAttribute text, ..])
        {
            node["description"] = text.Description;
        }

        return node;
    }
}
