using System.ComponentModel;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace ImaNanoBanana.Mcp.Tools;

/// <summary>Creates the JSON schemas of the tools from the types of their arguments.</summary>
internal static class ToolSchema
{
    private const string Properties = "properties";

    private static readonly JsonSchemaExporterOptions Options =
        new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Described };

    /// <summary>
    /// There are always <c>properties</c>: a large provider rejects the whole server otherwise. There is no
    /// <c>additionalProperties</c>, which another one rejects; an unknown argument is answered with a sentence instead.
    /// </summary>
    public static JsonElement CreateForArguments(JsonTypeInfo type)
    {
        var schema = type.GetJsonSchemaAsNode(Options).AsObject();
        schema.TryAdd(Properties, new JsonObject());
        return JsonSerializer.SerializeToElement(schema, Answers.SchemaJson.Default.JsonObject);
    }

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
