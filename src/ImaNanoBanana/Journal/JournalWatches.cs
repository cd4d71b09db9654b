using System.Globalization;
using System.Text;
using ImaNanoBanana.Files;

namespace ImaNanoBanana.Journal;

/// <summary>
/// Records in small files, next to the locks, who watches which task. The time of a file is the last renewal, by the clock of the
/// file system. A file contains the lease in milliseconds and the watcher.
/// </summary>
/// <remarks>Requires the lock of the key.</remarks>
internal sealed class JournalWatches(JournalFolder folder)
{
    /// <returns>False if another watcher has a lease that has not ended.</returns>
    public bool TryTake(string hash, string watcher, TimeSpan lease)
    {
        var path = Path.Combine(folder.LocksFolder, hash + ".watch");
        if (!IsFree(path, watcher))
        {
            return false;
        }

        if (lease > TimeSpan.Zero)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"{(long)lease.TotalMilliseconds} {watcher}");
            using var file = JournalFolder.Open(path, FileMode.Create);
            file.Write(Encoding.UTF8.GetBytes(text));
        }
        else
        {
            File.Delete(path);
        }

        return true;
    }

    private bool IsFree(string path, string watcher)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return true;
        }

        // A file that a killed process left incomplete belongs to nobody.
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0 || text[(space + 1)..] == watcher
            || !long.TryParse(text.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture, out var lease))
        {
            return true;
        }

        var renewedAt = new DateTimeOffset(File.GetLastWriteTimeUtc(path), TimeSpan.Zero);
        return folder.Now() - renewedAt >= TimeSpan.FromMilliseconds(lease);
    }
}
