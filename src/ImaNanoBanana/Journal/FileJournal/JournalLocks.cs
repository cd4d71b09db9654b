using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Files;

namespace ImaNanoBanana.Journal.FileJournal;

/// <summary>
/// Lets one process at a time change an entry, with a lock of the operating system on one of a few files next to the entries. The
/// lock ends with its process, however the process ends, so there is no need to determine whether the owner is alive.
/// </summary>
/// <param name="folder">The folder of the locks.</param>
internal sealed class JournalLocks(string folder)
{
    private const int QuickAttempts = 20;

    private const int WouldBlockOnLinux = 11;
    private const int WouldBlockOnMac = 35;
    private const int SharingViolationOnWindows = unchecked((int)0x80070020);
    private const int LockViolationOnWindows = unchecked((int)0x80070021);

    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Later = TimeSpan.FromMilliseconds(15);

    /// <summary>
    /// Waits for the lock of a key. The wait uses the system clock, because the lock is held only for a few writes, also by other
    /// processes.
    /// </summary>
    /// <param name="hash">The key's hash.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The lock; disposing it releases it.</returns>
    [SuppressMessage("Reliability", "CA2000", Justification = "The caller that gets the lock releases it.")]
    public async Task<IDisposable> TakeAsync(string hash, CancellationToken cancellationToken)
    {
        for (var look = 0; ; look++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryTake(hash) is { } held)
            {
                return held;
            }

            await Task.Delay(look < QuickAttempts ? Soon : Later, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <returns>The lock of a key; null while another owner has it.</returns>
    public IDisposable? TryTake(string hash)
    {
        // 256 locks: keys that share one wait for each other for a moment, and the files never have to be removed.
        var path = Path.Combine(folder, hash[..2]);
        try
        {
            return TryOpen(path);
        }
        catch (Exception exception) when (exception is DirectoryNotFoundException or FileNotFoundException)
        {
            // .NET reports the file as missing while another process is creating the folder.
            OwnerOnly.CreateFolder(folder);
            return TryOpen(path);
        }
    }

    /// <summary>Shows that a process lives, until the result is disposed or the process ends.</summary>
    /// <param name="process">Identifies the process.</param>
    public IDisposable Live(string process)
    {
        OwnerOnly.CreateFolder(folder);
        var options = OwnerOnly.Options(FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        options.Options = FileOptions.DeleteOnClose;
        return new FileStream(AliveFile(process), options);
    }

    /// <summary>Whether a process that called <see cref="Live"/> still lives. The file of a killed process is removed.</summary>
    public bool IsAlive(string process)
    {
        var path = AliveFile(process);
        try
        {
            using var left = TryOpen(path, FileMode.Open);
            if (left is not null)
            {
                File.Delete(path);
            }

            return left is null;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    private string AliveFile(string process) => Path.Combine(folder, Path.GetFileName(process) + ".alive");

    private static FileStream? TryOpen(string path, FileMode mode = FileMode.OpenOrCreate)
    {
        try
        {
            return new FileStream(path, OwnerOnly.Options(mode, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception) when (
            exception.HResult is WouldBlockOnLinux or WouldBlockOnMac or SharingViolationOnWindows or LockViolationOnWindows)
        {
            return null;
        }
    }
}
