using System.Globalization;
using System.Text.Json;

namespace ImaNanoBanana.Catalog;

/// <summary>How values of the product list are compared: as trimmed text, ignoring case (careful client, section 1, rule 8).</summary>
internal static class CatalogValue
{
    /// <summary>Text trimmed, booleans as <c>true</c>/<c>false</c>, numbers in their shortest form; null when there is no value.</summary>
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
