using System.Text;
using System.Text.Json;

namespace ImaNanoBanana.Tests.Fuzzing;

/// <summary>
/// A piece of JSON text that can be taken apart and put together wrongly: names may occur twice and values may be invalid JSON. One
/// character is one byte, so that bytes that are not valid UTF-8 fit in too.
/// </summary>
internal sealed class JsonPiece
{
    /// <summary>The text of a piece without inner pieces.</summary>
    public string Raw { get; set; } = "null";

    /// <summary>The pieces of an array or of an object; null for everything else.</summary>
    public List<(string? Name, JsonPiece Value)>? Parts { get; set; }

    public bool IsObject { get; set; }

    public static JsonPiece Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Of(document.RootElement);
    }

    public static JsonPiece Of(string raw) => new() { Raw = raw };

    /// <summary>A text as its UTF-8 bytes, one character each.</summary>
    public static string Bytes(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    public JsonPiece Copy() => new()
    {
        Raw = Raw,
        IsObject = IsObject,
        Parts = Parts?.ConvertAll(part => (part.Name, part.Value.Copy())),
    };

    /// <summary>All pieces that have parts, this one first.</summary>
    public void Collect(List<JsonPiece> containers)
    {
        if (Parts is null)
        {
            return;
        }

        containers.Add(this);
        foreach (var (_, value) in Parts)
        {
            value.Collect(containers);
        }
    }

    public void Write(StringBuilder text)
    {
        if (Parts is null)
        {
            text.Append(Raw);
            return;
        }

        text.Append(IsObject ? '{' : '[');
        for (var index = 0; index < Parts.Count; index++)
        {
            text.Append(index == 0 ? "" : ",");
            if (IsObject)
            {
                text.Append(Parts[index].Name ?? "\"unnamed\"").Append(':');
            }

            Parts[index].Value.Write(text);
        }

        text.Append(IsObject ? '}' : ']');
    }

    private static JsonPiece Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => new JsonPiece
        {
            IsObject = true,
            Parts = [.. value.EnumerateObject().Select(member => ((string?)Bytes($"\"{member.Name}\""), Of(member.Value)))],
        },
        JsonValueKind.Array => new JsonPiece { Parts = [.. value.EnumerateArray().Select(item => ((string?)null, Of(item)))] },
        _ => Of(Bytes(value.GetRawText())),
    };
}
