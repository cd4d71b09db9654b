using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ImaNanoBanana.Cli.Output;

/// <summary>A document as one line of JSON, letters of any language as they are.</summary>
internal static class JsonLine
{
    private static readonly CliJson Context = new(new JsonSerializerOptions(CliJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static string Of<T>(T document, Func<CliJson, JsonTypeInfo<T>> type) => JsonSerializer.Serialize(document, type(Context));
}
