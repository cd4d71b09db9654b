using System.Globalization;
using System.Text;

namespace ImaNanoBanana.Journal.FileJournal;

/// <summary>
/// Records in small files, next to the locks, who watches which task. The time of a file is its last renewal, by the clock of the file
/// system. A file contains the lease in milliseconds, the process and the watcher. Each process holds a lock of the operating system as
/// long as it lives: what the process of a killed watcher left is free at once.
/// </summary>
/// <remarks>Requires the lock of the key.</remarks>
internal sealed class JournalWatches
{
    private const int Parts = 3;

    private readonly JournalFolder _folder;
    private readonly JournalLocks _locks;
    private readonly string _process = Guid.NewGuid().ToString("N");
    private readonly object _gate = new();

    /// <summary>Held until the process ends or no one uses the journal any more.</summary>
    private IDisposable? _alive;

    public JournalWatches(JournalFolder folder, JournalLocks locks) => (_folder, _locks) = (folder, locks);

    /// <returns>False if another watcher has a lease that has not ended.</returns>
    public bool TryTake(string hash, string watcher, TimeSpan lease)
    {
        var path = Path.Combine(_folder.LocksFolder, hash + ".watch");
        if (!IsFree(path, watcher))
        {
            return false;
        }

        if (lease > TimeSpan.Zero)
        {
            StayAlive();
            var text = string.Create(CultureInfo.InvariantCulture, $"{(long)lease.TotalMilliseconds} {_process} {watcher}");
            using var file = JournalFolder.Open(path, FileMode.Create);
            file.Write(Encoding.UTF8.GetBytes(text));
        }
        else
        {
            File.Delete(path);
        }

        return true;
    }

    /// <summary>A failure, for example too many open files, is not kept: the next call tries again.</summary>
    private void StayAlive()
    {
        lock (_gate)
        {
            _alive ??= _locks.Live(_process);
        }
    }

    private bool IsFree(string path, string watcher)
    {
        string[] parts;
        try
        {
            parts = File.ReadAllText(path).Split(' ', Parts);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return true;
        }

        // A file that a killed process left incomplete belongs to no one.
        if (parts.Length != Parts || parts[^1] == watcher
            || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var lease))
        {
            return true;
        }

        var renewedAt = new DateTimeOffset(File.GetLastWriteTimeUtc(path), TimeSpan.Zero);
        return _folder.Now() - renewedAt >= TimeSpan.FromMilliseconds(lease) || (parts[1] != _process && !_locks.IsAlive(parts[1]));
    }
}
