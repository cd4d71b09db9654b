using System.Collections.Concurrent;

namespace ImaNanoBanana.Mcp.Answers;

/// <summary>
/// Saves images. Saving continues when the call that began it has ended, as long as bytes arrive, and the next call for the image
/// gets the file. Safe for concurrent use.
/// </summary>
/// <param name="save">Saves an image to a path, and fails if no bytes arrive for the stall limit.</param>
internal sealed class SavedImages(Func<GeneratedImage, string, CancellationToken, Task<ImageDownload>> save) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Task<ImageDownload>>> _saving = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _ending = new();

    /// <param name="image">The image.</param>
    /// <param name="path">The path, without an extension.</param>
    /// <param name="cancellationToken">Ends the wait. Saving continues.</param>
    /// <returns>The saved file.</returns>
    public async Task<ImageDownload> SaveAsync(GeneratedImage image, string path, CancellationToken cancellationToken)
    {
        var saving = _saving.GetOrAdd(path, _ => new(() => save(image, path, _ending.Token)));
        try
        {
            return await saving.Value.WaitAsync(cancellationToken);
        }
        finally
        {
            if (saving.Value.IsCompleted)
            {
                // The next call saves it again: the file may have been deleted, or the error may have passed.
                _saving.TryRemove(KeyValuePair.Create(path, saving));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        foreach (var saving in _saving.Values)
        {
            await ((Task)saving.Value).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _ending.Dispose();
    }
}
