namespace ImaNanoBanana.Journal.FileJournal;

/// <summary>
/// Removes finished entries that are older than the retention time, and files that killed processes left half written. It opens no
/// entry and determines ages by the clock of the file system alone.
/// </summary>
internal static class JournalTidying
{
    /// <param name="folder">The files.</param>
    /// <param name="locks">The locks of the files. A file whose lock is taken is in use and is left for the next run.</param>
    /// <param name="now">The current time of the file system clock.</param>
    /// <param name="retention">How long a finished entry is kept.</param>
    public static void Run(JournalFolder folder, JournalLocks locks, DateTimeOffset now, TimeSpan retention)
    {
        try
        {
            var files = folder.Files(CancellationToken.None);
            var done = files.Where(file => file.IsDone).Select(file => file.Hash).ToHashSet(StringComparer.Ordinal);
            foreach (var file in files)
            {
                // A temporary file is written under the lock. If the lock has no owner, the process that wrote the file is gone.
                var isLeft = file.IsTemporary || (!file.IsDone && done.Contains(file.Hash));
                if (isLeft || (file.IsDone && now - file.WrittenAt > retention))
                {
                    using var held = locks.TryTake(file.Hash);
                    if (held is not null)
                    {
                        folder.Remove(file);
                    }
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What cannot be removed now is left for the next run.
        }
    }
}
