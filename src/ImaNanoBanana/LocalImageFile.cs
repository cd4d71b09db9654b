using System.Diagnostics.CodeAnalysis;

namespace ImaNanoBanana;

/// <summary>An image in a local file; opened when the request is used.</summary>
internal sealed class LocalImageFile(string path) : LocalImage
{
    public override string Name { get; } = path;

    [SuppressMessage("Reliability", "CA2000", Justification = "The caller disposes it.")]
    public override ValueTask<Stream> OpenAsync(long limit, CancellationToken cancellationToken) =>
        ValueTask.FromResult<Stream>(File.Open(Name, new FileStreamOptions { BufferSize = 0, Options = FileOptions.Asynchronous }));
}
