using System.Text.Json.Serialization;
using ImaNanoBanana.Files;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Requests;

/// <summary>Represents an image in a local file. The file is opened when the request is used.</summary>
[JsonConverter(typeof(ImageRequestsJsonConverter))]
internal sealed class LocalImageFile(string path) : LocalImage
{
    public override string Name { get; } = path;

    public override async ValueTask<Stream> OpenAsync(long limit, StallWatch? stall, CancellationToken cancellationToken) =>
        await LocalFile.OpenAsync(Name, cancellationToken).ConfigureAwait(false);

    public override string? Stamp(Stream opened) => FileOpener.ReadFacts(((FileStream)opened).SafeFileHandle).Stamp;
}
