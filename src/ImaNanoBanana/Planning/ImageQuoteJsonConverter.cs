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
    public override bool CanConvert(Type typeToConvert) => typeToConvert == typeof(ImageQuote);

    /// <inheritdoc/>
    public override JsonConverter? CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        new DocumentConverter<ImageQuote, QuoteDocument>(
            static () => QuoteJsonContext.Default.QuoteDocument, QuoteDocument.FromQuote, static document => document.ToQuote());
}
