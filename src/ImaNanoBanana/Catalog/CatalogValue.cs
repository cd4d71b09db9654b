using System.Globalization;
using System.Text.Json;

namespace ImaNanoBanana.Catalog;

/// <summary>Compares values of the product list: as trimmed text, ignoring case.</summary>
internal static class CatalogValue
{
    /// <summary>
    /// Gets the comparable text: text is trimmed, booleans are <c>true</c>/<c>false</c>, and numbers have their shortest form; null if
    /// there is no value.
    /// </summary>
    public static string? Text(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.String } => Json.JsonReading.Text(value)?.Trim(),
        { ValueKind: JsonValueKind.True } => "true",
        { ValueKind: JsonValueKind.False } => "false",
        { ValueKind: JsonValueKind.Number } number => ShortestForm(number),
        null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => null,
        { } other => Json.JsonReading.IsReadable(other) ? other.GetRawText() : null,
    };

    public static bool AreEqual(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    public static bool AreEqual(JsonElement? left, JsonElement? right) => AreEqual(Text(left), Text(right));

    private static string ShortestForm(JsonElement number) =>
        Json.JsonReading.Number(number) is { } value
            ? value.ToString("0.#############################", CultureInfo.InvariantCulture)
            : number.GetRawText();
}
