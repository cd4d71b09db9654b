using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using ImaNanoBanana.Files;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Requests;

/// <summary>
/// Represents an image in a stream of the caller, starting at the position at the time of the call. A stream that cannot seek is
/// copied once to a temporary file, because an upload may have to be repeated.
/// </summary>
[JsonConverter(typeof(ImageRequestsJsonConverter))]
[SuppressMessage(
    "Design",
    "CA1001",
    Justification = "Inputs are values and are never disposed. The temporary file is deleted when its handle is collected.")]
internal sealed class LocalImageStream : LocalImage
{
    private readonly SemaphoreSlim _oneReader = new(1, 1);
    private readonly Stream _original;
    private readonly long _start;
    private Stream? _seekable;

    public LocalImageStream(Stream stream)
    {
        _original = stream;
        CanSeek = stream.CanSeek;
        if (stream.CanSeek)
        {
            _seekable = stream;
            _start = stream.Position;
        }
    }

    public override string Name => "a stream";

    /// <summary>Whether the stream can be read again without a copy.</summary>
    public bool CanSeek { get; }

    public override async ValueTask<Stream> OpenAsync(long limit, StallWatch? stall, CancellationToken cancellationToken)
    {
        stall?.Pause();
        await _oneReader.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            stall?.Progressed();
            _seekable ??= await SpoolAsync(limit, stall, cancellationToken).ConfigureAwait(false);
            _seekable.Position = _start;
            return new LeasedStream(_seekable, _start, () => _oneReader.Release());
        }
        catch
        {
            _oneReader.Release();
            throw;
        }
    }

    /// <summary>
    /// Others can write to the file behind a stream. If the caller can write to it, its times may change late, and what other streams
    /// contain can only be compared.
    /// </summary>
    public override string? Stamp(Stream opened) =>
        CanSeek && _original is FileStream { CanWrite: false } file ? FileOpener.ReadFacts(file.SafeFileHandle).Stamp : null;

    private async Task<Stream> SpoolAsync(long limit, StallWatch? stall, CancellationToken cancellationToken)
    {
        var spool = PrivateFile.CreateUnnamed();
        try
        {
            var buffer = new byte[81920];
            int count;
            while ((count = await _original.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                stall?.Progressed();
                await spool.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
                if (spool.Length > limit)
                {
                    throw new InvalidDataException($"The stream is longer than {limit} bytes.");
                }
            }

            return spool;
        }
        catch
        {
            await spool.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
