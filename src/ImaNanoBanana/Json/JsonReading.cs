using System.Globalization;
using System.Text.Json;

namespace ImaNanoBanana.Json;

/// <summary>Reads single JSON values tolerantly: a value that cannot be read is null, and no method throws.</summary>
internal static class JsonReading
{
    /// <summary>The platform writes 64 levels, and a parameter value is on the fifth level of a create request.</summary>
    private const int DeepestValue = 56;

    /// <summary>A string, or a number as it is written; null for everything else.</summary>
    public static string? Text(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.String } text => StringOf(text),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    /// <summary>A text that is neither empty nor white space.</summary>
    public static string? NonEmptyText(JsonElement? value) => Text(value) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    /// <summary>A number, or a string that contains a number.</summary>
    public static decimal? Number(JsonElement? value) =>
        decimal.TryParse(Text(value), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A whole number, a string that contains one, or a float without a fraction.</summary>
    public static int? Integer(JsonElement? value) =>
        Number(value) is { } number && decimal.Truncate(number) == number && number is >= int.MinValue and <= int.MaxValue
            ? (int)number
            : null;

    /// <summary>An absolute http or https URL.</summary>
    public static Uri? WebAddress(JsonElement? value) =>
        NonEmptyText(value) is { } text
        && Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
            ? address
            : null;

    /// <summary>A member of an object; the last one if several have the same name.</summary>
    public static JsonElement? Member(JsonElement? value, string name)
    {
        if (value is not { ValueKind: JsonValueKind.Object } parent)
        {
            return null;
        }

        try
        {
            return parent.TryGetProperty(name, out var member) ? member : null;
        }
        catch (InvalidOperationException)
        {
            // The name of another member cannot be read, so the readable names are compared one by one.
            return Members(parent).Where(member => member.Name == name).Select(member => (JsonElement?)member.Value).LastOrDefault();
        }
    }

    /// <summary>The members of an object. A name that cannot be read is null.</summary>
    public static IEnumerable<(string? Name, JsonElement Value)> Members(JsonElement parent) =>
        parent.EnumerateObject().Select(member => (NameOf(member), member.Value));

    /// <summary>
    /// Whether a value can be shown, compared and written into a create request: its strings and names are valid text, and it is not
    /// nested more deeply than the platform writes.
    /// </summary>
    public static bool IsReadable(JsonElement value) => IsReadable(value, DeepestValue);

    /// <summary>Whether the reader is positioned at this text. Half of a surrogate pair is not valid text.</summary>
    public static bool IsText(ref Utf8JsonReader reader, string text)
    {
        try
        {
            return reader.ValueTextEquals(text);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>The bytes after the byte order mark. Some servers write one, although JSON does not allow it.</summary>
    public static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> json) =>
        json.Span.StartsWith("\uFEFF"u8) ? json["\uFEFF"u8.Length..] : json;

    /// <summary>The elements of an array; empty for everything else.</summary>
    public static IEnumerable<JsonElement> Items(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    private static bool IsReadable(JsonElement value, int levels) => value.ValueKind switch
    {
        JsonValueKind.String => StringOf(value) is not null,
        JsonValueKind.Array => levels > 0 && value.EnumerateArray().All(item => IsReadable(item, levels - 1)),
        JsonValueKind.Object => levels > 0 && Members(value).All(member => member.Name is not null && IsReadable(member.Value, levels - 1)),
        _ => true,
    };

    private static string? NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string? StringOf(JsonElement text)
    {
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, which JSON can represent and UTF-8 cannot.
            return null;
        }
    }
}
