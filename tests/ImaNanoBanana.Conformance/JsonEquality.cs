using System.Globalization;
using System.Text.Json;

namespace ImaNanoBanana.Conformance;

/// <summary>
/// Compares JSON by value: the order of names and the notation of numbers do not count; types, nulls and the order of arrays do.
/// </summary>
internal static class JsonEquality
{
    /// <returns>The first difference; null if they are equal.</returns>
    public static string? Difference(JsonElement expected, JsonElement actual, string path)
    {
        if (Kind(expected) != Kind(actual))
        {
            return $"{path} is {actual.GetRawText()}, expected {expected.GetRawText()}";
        }

        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                var names = expected.EnumerateObject().Select(member => member.Name).Union(
                    actual.EnumerateObject().Select(member => member.Name));
                return names.Select(name => Member(expected, actual, name, path)).FirstOrDefault(difference => difference is not null);
            case JsonValueKind.Array:
                return expected.GetArrayLength() != actual.GetArrayLength()
                    ? $"{path} has {actual.GetArrayLength()} elements, expected {expected.GetArrayLength()}"
                    : expected.EnumerateArray().Zip(actual.EnumerateArray())
                        .Select((pair, index) => Difference(pair.First, pair.Second, $"{path}[{index}]"))
                        .FirstOrDefault(difference => difference is not null);
            default:
                return Text(expected) == Text(actual) ? null : $"{path} is {actual.GetRawText()}, expected {expected.GetRawText()}";
        }
    }

    /// <summary>A value as text; numbers in a single notation.</summary>
    public static string? Text(JsonElement? value) => value switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } number when number.TryGetDecimal(out var exact) => Text(exact),
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { } other => other.GetRawText(),
    };

    public static string Text(decimal number) => number.ToString("0.#############################", CultureInfo.InvariantCulture);

    private static string? Member(JsonElement expected, JsonElement actual, string name, string path) =>
        (expected.TryGetProperty(name, out var left), actual.TryGetProperty(name, out var right)) switch
        {
            (true, true) => Difference(left, right, $"{path}.{name}"),
            (true, false) => $"{path}.{name} is missing, expected {left.GetRawText()}",
            _ => $"{path}.{name} is {right.GetRawText()}, expected none",
        };

    private static string Kind(JsonElement value) =>
        value.ValueKind is JsonValueKind.True or JsonValueKind.False ? "boolean" : value.ValueKind.ToString();
}
