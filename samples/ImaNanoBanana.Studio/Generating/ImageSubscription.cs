using System.Threading.Channels;
using ImaNanoBanana.Studio.Storage;

namespace ImaNanoBanana.Studio.Generating;

/// <summary>
/// The changes that one open page has not received yet. It keeps only the newest state of each image, so a page that reads slowly takes
/// no memory and misses nothing that lasts.
/// </summary>
/// <remarks>Thread-safe for many writers and one reader.</remarks>
internal sealed class ImageSubscription(Action<ImageSubscription> end) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, StoredImage> _changed = [];
    private readonly Dictionary<string, long> _revisions = [];
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Does nothing if the page already has this state or a later one.</summary>
    public void Add(StoredImage image)
    {
        lock (_lock)
        {
            if (_revisions.GetValueOrDefault(image.Id) >= image.Revision)
            {
                return;
            }

            _revisions[image.Id] = image.Revision;
            _changed[image.Id] = image;
        }

        _signal.Writer.TryWrite(true);
    }

    /// <summary>Waits for changes.</summary>
    /// <returns>The changed images; empty if nothing changed before the cancellation.</returns>
    public async Task<IReadOnlyList<StoredImage>> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _signal.Reader.ReadAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return [];
        }

        lock (_lock)
        {
            StoredImage[] images = [.. _changed.Values.OrderBy(image => image.ChangedAt)];
            _changed.Clear();
            return images;
        }
    }

    public void Dispose() => end(this);
}
