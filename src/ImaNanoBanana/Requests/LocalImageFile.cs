using ImaNanoBanana.Files;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Requests;

/// <summary>An image in a local file; opened when the request is used.</summary>
internal sealed class LocalImageFile(string path) : LocalImage
{
    public override string Name { get; } = path;

    public override async ValueTask<Stream> OpenAsync(long limit, StallWatch? stall, CancellationToken cancellationToken) =>
        await LocalFile.OpenAsync(Name, cancellationToken).ConfigureAwait(false);

    public override string? Stamp(Stream opened) => FileOpener.ReadFacts(((FileStream)opened).SafeFileHandle).Stamp;
}
