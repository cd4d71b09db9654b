using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using ImaNanoBanana.Json;
using ImaNanoBanana.Requests;

namespace ImaNanoBanana;

/// <summary>
/// Converts requests and their images to JSON and back. It is public so that the generated contexts of apps can use it; apps
/// need not use it directly.
/// </summary>
/// <remarks>Thread-safe.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ImageRequestsJsonConverter : JsonConverterFactory
{
    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) => Converter(typeToConvert) is not null;

    /// <inheritdoc/>
    public override JsonConverter? CreateConverter(Type typeToConvert, JsonSerializerOptions options) => Converter(typeToConvert);

    private static JsonConverter? Converter(Type type)
    {
        if (type == typeof(ImageRequest))
        {
            return new DocumentConverter<ImageRequest, RequestDocument>(
                static () => RequestJsonContext.Default.RequestDocument,
                RequestDocument.FromRequest,
                static document => document.ToRequest());
        }

        return typeof(ImageInput).IsAssignableFrom(type)
            ? new DocumentConverter<ImageInput, InputDocument>(
                static () => RequestJsonContext.Default.InputDocument, InputDocument.FromInput, static document => document.ToInput())
            : null;
    }
}
