using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImaNanoBanana.Json;

/// <summary>Writes a value as a JSON string, also as the name of a member, and reads it again.</summary>
internal sealed class TextConverter<T>(Func<string, T> read, Func<T, string> write) : JsonConverter<T>
    where T : struct
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? Value(ref reader) : throw new JsonException($"A {typeof(T).Name} is a JSON string.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(write(value));

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Value(ref reader);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WritePropertyName(write(value));

    private T Value(ref Utf8JsonReader reader)
    {
        try
        {
            return read(reader.GetString()!);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            // The InvalidOperationException is thrown for half of a surrogate pair.
            throw new JsonException($"This text is not a {typeof(T).Name}.", exception);
        }
    }
}
