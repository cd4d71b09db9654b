using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ImaNanoBanana.Tools;

/// <summary>Reads the arguments that a chat model passed: JSON elements, or the values of a caller in the same process.</summary>
internal sealed class ToolArguments
{
    private readonly AIFunctionArguments _given;

    /// <exception cref="ArgumentException">An argument is unknown.</exception>
    public ToolArguments(ToolDefinition definition, AIFunctionArguments given)
    {
        _given = given;
        if (given.Keys.FirstOrDefault(name => !definition.Arguments.Contains(name)) is { } unknown)
        {
            throw new ArgumentException($"'{unknown}' is not an argument. Use: {string.Join(", ", definition.Arguments)}.");
        }
    }

    /// <summary>The text, or null if it is missing or blank.</summary>
    /// <exception cref="ArgumentException">The argument is not a string.</exception>
    public string? Text(string name)
    {
        var text = Find(name) switch
        {
            null => null,
            string value => value,
            JsonElement { ValueKind: JsonValueKind.String } value => value.GetString(),
            _ => throw new ArgumentException($"'{name}' must be a string."),
        };
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    /// <exception cref="ArgumentException">The argument is missing or not a string.</exception>
    public string RequiredText(string name) => Text(name) ?? throw new ArgumentException($"'{name}' is missing.");

    /// <summary>The number, or null if it is missing. Some models write numbers as strings.</summary>
    /// <exception cref="ArgumentException">The argument is not a whole number.</exception>
    public int? Number(string name) => Find(name) switch
    {
        null => null,
        int value => value,
        JsonElement { ValueKind: JsonValueKind.Number } value when value.TryGetInt32(out var number) => number,
        JsonElement { ValueKind: JsonValueKind.String } value => Parsed(name, value.GetString()),
        string value => Parsed(name, value),
        _ => throw NotNumber(name),
    };

    /// <summary>The URLs; empty if the argument is missing.</summary>
    /// <exception cref="ArgumentException">The argument is not a list of https URLs.</exception>
    public IReadOnlyList<Uri> Addresses(string name) => Find(name) switch
    {
        null => [],
        JsonElement { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(item => Address(name, item.ToString()))],
        JsonElement { ValueKind: JsonValueKind.String } single => [Address(name, single.GetString()!)],
        IEnumerable<string> list => [.. list.Select(item => Address(name, item))],
        _ => throw NotAddresses(name),
    };

    private static int Parsed(string name, string? text) =>
        int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : throw NotNumber(name);

    private static ArgumentException NotNumber(string name) => new($"'{name}' must be a whole number.");

    private static Uri Address(string name, string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps ? address : throw NotAddresses(name);

    private static ArgumentException NotAddresses(string name) => new($"'{name}' must be a list of https URLs.");

    private object? Find(string name) =>
        _given.TryGetValue(name, out var value)
            && value is not JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined }
            ? value
            : null;
}
