using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ImaNanoBanana.Masking;

namespace ImaNanoBanana.Cli.Output;

/// <summary>A document as one line of JSON, letters of any language as they are.</summary>
internal static class JsonLine
{
    private static readonly CliJson Context = new(
        new JsonSerializerOptions(CliJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>A character that would do something on a terminal is escaped: what reads the line gets the text as it is.</summary>
    public static string Serialize<T>(T document, Func<CliJson, JsonTypeInfo<T>> type)
    {
        var json = JsonSerializer.Serialize(document, type(Context));
        return json.All(UntrustedText.IsHarmless)
            ? json
            : string.Concat(json.Select(letter => UntrustedText.IsHarmless(letter) ? letter.ToString() : $"\\u{(int)letter:x4}"));
    }
}
