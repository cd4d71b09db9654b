using System.Globalization;
using System.Text.Json;

namespace ImaNanoBanana.Json;

/// <summary>Tolerant reading of single JSON values: what cannot be read is null, and nothing throws.</summary>
internal static class JsonReading
{
    /// <summary>The platform writes 64 levels, and the value of a parameter stands on the fifth of an order.</summary>
    private const int DeepestValue = 56;

    /// <summary>A text, or a number as it is written; null for everything else.</summary>
    public static string? Text(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.String } text => StringOf(text),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    /// <summary>A text that is not empty or white space.</summary>
    public static string? NonEmptyText(JsonElement? value) => Text(value) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    /// <summary>A number, or the text of one.</summary>
    public static decimal? Number(JsonElement? value) =>
        decimal.TryParse(Text(value), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A whole number, the text of one, or a float without a fraction.</summary>
    public static int? Integer(JsonElement? value) =>
        Number(value) is { } number && decimal.Truncate(number) == number && number is >= int.MinValue and <= int.MaxValue
            ? (int)number
            : null;

    /// <summary>An absolute http or https address.</summary>
    public static Uri? WebAddress(JsonElement? value) =>
        NonEmptyText(value) is { } text
        && Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
            ? address
            : null;

    /// <summary>A member of an object, the last of its name.</summary>
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
            // Another member's name cannot be read; those that can are looked at one by one.
            return Members(parent).Where(member => member.Name == name).Select(member => (JsonElement?)member.Value).LastOrDefault();
        }
    }

    /// <summary>The members of an object; a name is null where it cannot be read.</summary>
    public static IEnumerable<(string? Name, JsonElement Value)> Members(JsonElement parent) =>
        parent.EnumerateObject().Select(member => (NameOf(member), member.Value));

    /// <summary>
    /// Whether a value can be shown, compared and written into an order: its texts and names are texts, and it is not
    /// nested deeper than the platform writes.
    /// </summary>
    public static bool IsReadable(JsonElement value) => IsReadable(value, DeepestValue);

    /// <summary>Whether the reader is at this text; one that is half of a surrogate pair is no text at all.</summary>
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

    /// <summary>The bytes after the byte order mark, which some servers write and JSON does not allow.</summary>
    public static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> json) =>
        json.Span.StartsWith("\uFEFF"u8) ? json["\uFEFF"u8.Length..] : json;

    /// <summary>The elements of an array; none for everything else.</summary>
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
            // Half of a surrogate pair, which JSON can write and UTF-8 cannot.
            return null;
        }
    }
}
