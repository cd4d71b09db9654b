using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ImaNanoBanana.Json;

/// <summary>
/// Writes and reads a type as its document, a type of the SDK whose JSON is fixed. The options of the app therefore change neither
/// the names nor the values.
/// </summary>
/// <param name="json">The JSON of the document; a delegate, because the documents of a context may contain each other.</param>
/// <param name="write">Creates the document.</param>
/// <param name="read">Reads the document; throws a <see cref="JsonException"/> if the document has no valid content.</param>
internal sealed class DocumentConverter<T, TDocument>(
    Func<JsonTypeInfo<TDocument>> json, Func<T, TDocument> write, Func<TDocument, T> read) : JsonConverter<T>
    where T : class
    where TDocument : class
{
    /// <summary>Also the derived types, so that a value that an app declares as an object has the same JSON.</summary>
    public override bool CanConvert(Type typeToConvert) => typeof(T).IsAssignableFrom(typeToConvert);

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return read(JsonSerializer.Deserialize(ref reader, json()) ?? throw new JsonException($"This is not a {typeof(T).Name}."));
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            // For example, half of a surrogate pair.
            throw new JsonException($"This is not a {typeof(T).Name}: {exception.Message}", exception);
        }
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, write(value), json());
}
