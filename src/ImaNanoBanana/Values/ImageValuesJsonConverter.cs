using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using ImaNanoBanana.Json;

namespace ImaNanoBanana;

/// <summary>
/// Converts models, sizes, aspect ratios, task types and languages to JSON strings and back. It is public so that the generated
/// contexts of apps can use it; apps need not use it directly.
/// </summary>
/// <remarks>Thread-safe.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ImageValuesJsonConverter : JsonConverterFactory
{
    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) => Converter(typeToConvert) is not null;

    /// <inheritdoc/>
    public override JsonConverter? CreateConverter(Type typeToConvert, JsonSerializerOptions options) => Converter(typeToConvert);

    private static JsonConverter? Converter(Type type)
    {
        if (type == typeof(ImageModel))
        {
            return new TextConverter<ImageModel>(static text => new(text), static model => model.Id);
        }

        if (type == typeof(ImageSize))
        {
            return new TextConverter<ImageSize>(static text => new(text), static size => size.Value);
        }

        if (type == typeof(AspectRatio))
        {
            return new TextConverter<AspectRatio>(static text => new(text), static ratio => ratio.Value);
        }

        if (type == typeof(ImageTaskType))
        {
            return new TextConverter<ImageTaskType>(static text => new(text), static taskType => taskType.Value);
        }

        return type == typeof(ImaLanguage)
            ? new TextConverter<ImaLanguage>(static text => new(text), static language => language.Code)
            : null;
    }
}
