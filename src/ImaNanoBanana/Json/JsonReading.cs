using System.Globalization;
using System.Text.Json;

namespace ImaNanoBanana.Json;

/// <summary>Tolerant reading of single JSON values: what cannot be read is null, and nothing throws.</summary>
internal static class JsonReading
{
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

    public static JsonElement? Member(JsonElement? value, string name) =>
        value is { ValueKind: JsonValueKind.Object } parent && parent.TryGetProperty(name, out var member) ? member : null;

    /// <summary>The elements of an array; none for everything else.</summary>
    public static IEnumerable<JsonElement> Items(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

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
