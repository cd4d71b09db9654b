using System.Text.Json.Serialization;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Requests;

/// <summary>Represents an image in memory.</summary>
[JsonConverter(typeof(ImageRequestsJsonConverter))]
internal sealed class LocalImageBytes(byte[] bytes) : LocalImage
{
    public override string Name { get; } = $"{bytes.Length} bytes in memory";

    public override ValueTask<Stream> OpenAsync(long limit, StallWatch? stall, CancellationToken cancellationToken) =>
        ValueTask.FromResult<Stream>(new MemoryStream(bytes, writable: false));
}
