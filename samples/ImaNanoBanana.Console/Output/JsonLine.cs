using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ImaNanoBanana.Masking;

namespace ImaNanoBanana.Cli.Output;

/// <summary>Serializes a document as one line of JSON. Letters of all languages are left unescaped.</summary>
internal static class JsonLine
{
    private static readonly CliJson Context = new(
        new JsonSerializerOptions(CliJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Escapes characters that would control a terminal. A JSON reader still gets the original text.</summary>
    public static string Serialize<T>(T document, Func<CliJson, JsonTypeInfo<T>> type)
    {
        var json = JsonSerializer.Serialize(document, type(Context));
        return json.All(UntrustedText.IsHarmless)
            ? json
            : string.Concat(json.Select(letter => UntrustedText.IsHarmless(letter) ? letter.ToString() : $"\\u{(int)letter:x4}"));
    }
}
