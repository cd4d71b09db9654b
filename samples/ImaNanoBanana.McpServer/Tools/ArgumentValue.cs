using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ImaNanoBanana.Mcp.Tools;

/// <summary>
/// Reads a value that a model wrote in another form, if it can mean only one thing: a number as text, a whole number as <c>2.0</c>, a
/// list as its JSON text, or one entry without a list. Every other value stays as it is. Pure.
/// </summary>
internal static class ArgumentValue
{
    private const NumberStyles Number = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint
        | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;

    public static JsonNode? Read(JsonElement value, Type? type)
    {
        if (type == typeof(int?) || type == typeof(decimal?))
        {
            return ReadNumber(value, type == typeof(int?)) ?? Node(value);
        }

        return type == typeof(IReadOnlyList<string>) && value.ValueKind == JsonValueKind.String
            ? ReadList(value.GetString()!)
            : Node(value);
    }

    private static JsonValue? ReadNumber(JsonElement value, bool isWhole)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
        if (!decimal.TryParse(text, Number, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        if (!isWhole)
        {
            return JsonValue.Create(number);
        }

        return number == decimal.Truncate(number) && number is >= int.MinValue and <= int.MaxValue ? JsonValue.Create((int)number) : null;
    }

    private static JsonArray ReadList(string text)
    {
        if (text.TrimStart().StartsWith('['))
        {
            try
            {
                if (JsonNode.Parse(text) is JsonArray list && list.All(item => item?.GetValueKind() == JsonValueKind.String))
                {
                    return list;
                }
            }
            catch (JsonException)
            {
                // It is the name of a file.
            }
        }

        return new JsonArray(JsonValue.Create(text));
    }

    private static JsonNode? Node(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => JsonObject.Create(value),
        JsonValueKind.Array => JsonArray.Create(value),
        _ => JsonValue.Create(value),
    };
}
