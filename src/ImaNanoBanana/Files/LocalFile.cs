using ImaNanoBanana.Files;

namespace ImaNanoBanana;

/// <summary>
/// Opens local files for reading in the same way as the SDK does: only regular files (not named pipes, devices, sockets or
/// folders), and without blocking the caller. The cancellation token ends the wait even if a mount does not respond.
/// </summary>
public static class LocalFile
{
    /// <summary>Opens a regular file.</summary>
    /// <param name="path">The path of the file. Links are followed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>An unbuffered stream. The caller disposes it.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null, empty or not a valid path.</exception>
    /// <exception cref="IOException">The file does not exist, is not a regular file, or cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The current user is not allowed to read the file.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static Task<FileStream> OpenAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return OnOwnThreadAsync(() => FileOpener.Open(path), cancellationToken);
    }

    /// <summary>
    /// Opens a regular file that is located below one of several folders. The file is opened first and checked afterwards, so that it
    /// cannot be exchanged in between. Links may lead from one place below the folders to another, but not out of them. On Linux, a
    /// file with several names (hard links) is rejected, and so is a file that belongs neither to the owner of the folder nor to the
    /// current user.
    /// </summary>
    /// <param name="path">The path of the file. A relative path is searched in each of the folders.</param>
    /// <param name="folders">The allowed folders.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>An unbuffered stream, which the caller disposes, or null if the path does not lead into any of the folders.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null, empty or not a valid path.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="folders"/> is null.</exception>
    /// <exception cref="IOException">The file does not exist, is not a regular file, could be a file from outside the folders, or cannot be
    /// opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The current user is not allowed to read the file.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static Task<FileStream?> OpenBelowAsync(
        string path, IReadOnlyList<string> folders, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(folders);
        return OnOwnThreadAsync(() => AllowedFolders.Open(path, folders), cancellationToken);
    }

    /// <summary>Uses a dedicated thread, because waiting for a dead mount would block a thread of the pool.</summary>
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

    /// <summary>Closes a file that was opened after its caller had cancelled.</summary>
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
