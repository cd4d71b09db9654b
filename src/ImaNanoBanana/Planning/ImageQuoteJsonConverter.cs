using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using ImaNanoBanana.Json;
using ImaNanoBanana.Planning;

namespace ImaNanoBanana;

/// <summary>
/// Converts quotes to JSON and back. It is public so that the generated contexts of apps can use it; apps
/// need not use it directly.
/// </summary>
/// <remarks>Thread-safe.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ImageQuoteJsonConverter : JsonConverterFactory
{
    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) => Converter(typeToConvert) is not null;

    /// <inheritdoc/>
    public override JsonConverter? CreateConverter(Type typeToConvert, JsonSerializerOptions options) => Converter(typeToConvert);

    private static JsonConverter? Converter(Type type)
    {
        return type == typeof(ImageQuote)
            ? new DocumentConverter<ImageQuote, QuoteDocument>(
                static () => QuoteJsonContext.Default.QuoteDocument, QuoteDocument.FromQuote, static document => document.ToQuote())
            : null;
    }
}
