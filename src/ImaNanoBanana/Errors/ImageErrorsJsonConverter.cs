using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using ImaNanoBanana.Errors;
using ImaNanoBanana.Json;

namespace ImaNanoBanana;

/// <summary>
/// Converts errors and cancellations to JSON and back. It is public so that the generated contexts of apps can use it; apps
/// need not use it directly.
/// </summary>
/// <remarks>Thread-safe.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ImageErrorsJsonConverter : JsonConverterFactory
{
    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) => Converter(typeToConvert) is not null;

    /// <inheritdoc/>
    public override JsonConverter? CreateConverter(Type typeToConvert, JsonSerializerOptions options) => Converter(typeToConvert);

    private static JsonConverter? Converter(Type type)
    {
        if (type == typeof(ImaException))
        {
            return new DocumentConverter<ImaException, ErrorDocument>(
                static () => ErrorJsonContext.Default.ErrorDocument, ErrorDocument.FromError, static document => document.ToError());
        }

        return type == typeof(ImageGenerationCanceledException)
            ? new DocumentConverter<ImageGenerationCanceledException, CancellationDocument>(
                static () => ErrorJsonContext.Default.CancellationDocument,
                CancellationDocument.FromCancellation,
                static document => document.ToCancellation())
            : null;
    }
}
