using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using ImaNanoBanana.Json;
using ImaNanoBanana.Results;

namespace ImaNanoBanana;

/// <summary>
/// Converts tasks, results and their parts to JSON and back. It is public so that the generated contexts of apps can use it; apps
/// need not use it directly.
/// </summary>
/// <remarks>Thread-safe.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ImageResultsJsonConverter : JsonConverterFactory
{
    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) => Converter(typeToConvert) is not null;

    /// <inheritdoc/>
    public override JsonConverter? CreateConverter(Type typeToConvert, JsonSerializerOptions options) => Converter(typeToConvert);

    private static JsonConverter? Converter(Type type)
    {
        if (type == typeof(ImageTask))
        {
            return new DocumentConverter<ImageTask, ImageTaskHandle>(
                static () => ImageTaskJsonContext.Default.ImageTaskHandle,
                ImageTaskHandle.FromTask,
                static handle => handle.ToTask() ?? throw new JsonException("A task has an id."));
        }

        if (type == typeof(ImageResult))
        {
            return new DocumentConverter<ImageResult, ResultDocument>(
                static () => ResultJsonContext.Default.ResultDocument, ResultDocument.FromResult, static document => document.ToResult());
        }

        if (type == typeof(GeneratedImage))
        {
            return new DocumentConverter<GeneratedImage, ImageDocument>(
                static () => ResultJsonContext.Default.ImageDocument, ImageDocument.FromImage, static document => document.ToImage());
        }

        if (type == typeof(ImageAdjustment))
        {
            return new DocumentConverter<ImageAdjustment, AdjustmentHandle>(
                static () => ResultJsonContext.Default.AdjustmentHandle,
                AdjustmentHandle.FromAdjustment,
                static handle => handle.ToAdjustment());
        }

        return type == typeof(ImageFailure)
            ? new DocumentConverter<ImageFailure, FailureDocument>(
                static () => ResultJsonContext.Default.FailureDocument,
                FailureDocument.FromFailure,
                static document => document.ToFailure())
            : null;
    }
}
