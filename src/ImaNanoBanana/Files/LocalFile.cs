using ImaNanoBanana.Files;

namespace ImaNanoBanana;

/// <summary>
/// Opens local files for reading, as the SDK itself does: regular files only (no named pipe, device, socket or folder), and
/// without blocking the caller, whose token ends the wait also where a mount is dead.
/// </summary>
public static class LocalFile
{
    /// <summary>Opens a regular file.</summary>
    /// <param name="path">The file; links are followed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A stream without a buffer of its own; the caller disposes it.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null, empty or no path.</exception>
    /// <exception cref="IOException">There is no such file, it is no regular file, or it cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read the file.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static Task<FileStream> OpenAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return OnOwnThreadAsync(() => FileOpener.Open(path), cancellationToken);
    }

    /// <summary>
    /// Opens a regular file that really lies below one of some folders. The file is opened first and checked then, so that nothing
    /// can be exchanged in between. Links may lead from one place below the folders to another and not out of them. On Linux, a
    /// file with several names (hard links) is refused, and one that belongs neither to the owner of the folder nor to this user.
    /// </summary>
    /// <param name="path">The file. A relative path is looked for in each of the folders.</param>
    /// <param name="folders">The folders.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A stream without a buffer of its own, which the caller disposes; null where the path leads into none of the
    /// folders.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null, empty or no path.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="folders"/> is null.</exception>
    /// <exception cref="IOException">There is no such file, it is no regular file, it could be a file from elsewhere, or it
    /// cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read the file.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static Task<FileStream?> OpenBelowAsync(
        string path, IReadOnlyList<string> folders, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(folders);
        return OnOwnThreadAsync(() => AllowedFolders.Open(path, folders), cancellationToken);
    }

    /// <summary>A thread of its own, because one of the pool that waits for a dead mount is missing there.</summary>
    private static async Task<T> OnOwnThreadAsync<T>(Func<T> open, CancellationToken cancellationToken)
        where T : FileStream?
    {
        cancellationToken.ThrowIfCancellationRequested();
        var opening = Task.Factory.StartNew(
            open, CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
        try
        {
            return await opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _ = CloseAsync(opening);
            throw;
        }
    }

    /// <summary>What is opened after its caller is gone is closed.</summary>
    private static async Task CloseAsync<T>(Task<T> opening)
        where T : FileStream?
    {
        await ((Task)opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (opening.IsCompletedSuccessfully && await opening.ConfigureAwait(false) is { } file)
        {
            await file.DisposeAsync().ConfigureAwait(false);
        }
    }
}
