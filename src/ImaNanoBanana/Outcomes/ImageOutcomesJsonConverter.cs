using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using ImaNanoBanana.Json;
using ImaNanoBanana.Outcomes;

namespace ImaNanoBanana;

/// <summary>
/// Converts progress and outcomes to JSON and back. It is public so that the generated contexts of apps can use it; apps
/// need not use it directly.
/// </summary>
/// <remarks>Thread-safe.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ImageOutcomesJsonConverter : JsonConverterFactory
{
    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) => Converter(typeToConvert) is not null;

    /// <inheritdoc/>
    public override JsonConverter? CreateConverter(Type typeToConvert, JsonSerializerOptions options) => Converter(typeToConvert);

    private static JsonConverter? Converter(Type type)
    {
        if (type == typeof(ImageProgress))
        {
            return new DocumentConverter<ImageProgress, ProgressDocument>(
                static () => OutcomeJsonContext.Default.ProgressDocument,
                ProgressDocument.FromProgress,
                static document => document.ToProgress());
        }

        return type == typeof(ImageOutcome)
            ? new DocumentConverter<ImageOutcome, OutcomeDocument>(
                static () => OutcomeJsonContext.Default.OutcomeDocument,
                OutcomeDocument.FromOutcome,
                static document => document.ToOutcome())
            : null;
    }
}
