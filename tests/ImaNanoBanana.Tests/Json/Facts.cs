using System.Globalization;
using System.Reflection;
using System.Text.Json;
using ImaNanoBanana.Requests;

namespace ImaNanoBanana.Tests.Json;

/// <summary>Describes a value by its public members, without the JSON under test: lists by their items, exceptions by their data.</summary>
internal static class Facts
{
    /// <summary>What an exception has besides its data, and what no JSON contains.</summary>
    private static readonly string[] Left =
    [
        nameof(Exception.StackTrace), nameof(Exception.TargetSite), nameof(Exception.InnerException), nameof(Exception.Data),
        nameof(Exception.HResult), nameof(Exception.HelpLink), nameof(Exception.Source),
        nameof(OperationCanceledException.CancellationToken),
    ];

    public static string Of(object? value) => value switch
    {
        null => "-",
        string text => "'" + text + "'",
        Uri address => "<" + address.OriginalString + ">",
        ImageAddress address => "input " + address.Text,
        JsonElement json => json.GetRawText(),
        IReadOnlyDictionary<string, JsonElement> map =>
            "{" + string.Join(',', map.Select(pair => $"{pair.Key}={pair.Value.GetRawText()}")) + "}",
        System.Collections.IEnumerable items => "[" + string.Join(", ", items.Cast<object?>().Select(Of)) + "]",
        ImageModel or ImageSize or AspectRatio or ImageTaskType or ImaLanguage or Enum => value.GetType().Name + " " + value,
        IFormattable plain when value.GetType().IsPrimitive || value is decimal or TimeSpan or DateTimeOffset =>
            plain.ToString(null, CultureInfo.InvariantCulture),
        bool truth => truth.ToString(),
        _ => value.GetType().Name + "(" + string.Join("; ", Members(value)) + ")",
    };

    private static IEnumerable<string> Members(object value) =>
        from property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where !Left.Contains(property.Name) && !(value is ImageResult && property.Name == nameof(ImageResult.Image))
        select property.Name + ": " + Of(property.GetValue(value));
}
