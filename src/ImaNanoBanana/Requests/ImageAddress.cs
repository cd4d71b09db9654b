using System.Text.Json.Serialization;

namespace ImaNanoBanana.Requests;

/// <summary>Represents an image at a public URL, exactly as the caller wrote the URL.</summary>
[JsonConverter(typeof(ImageRequestsJsonConverter))]
internal sealed class ImageAddress(string text) : ImageInput
{
    public string Text { get; } = text;

    public override string ToString() => Text;
}
