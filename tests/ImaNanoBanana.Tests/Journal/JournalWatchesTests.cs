using ImaNanoBanana.Journal.FileJournal;

namespace ImaNanoBanana.Tests.Journal;

public sealed class JournalWatchesTests : IDisposable
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(20);

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => TestFolder.Delete(new DirectoryInfo(_folder));

    /// <summary>For example too many open files: the next call succeeds, and the process then counts as alive.</summary>
    [Fact]
    public void Failure_to_show_that_the_process_lives_is_not_kept()
    {
        var folder = new JournalFolder(_folder, "", static (path, mode) => JournalFolder.Open(path, mode));
        folder.Create();
        Directory.CreateDirectory(folder.LocksFolder);
        var alive = Path.Combine(_folder, "alive");
        File.WriteAllText(alive, "A file in place of the folder.");
        var locks = new JournalLocks(alive);
        var watches = new JournalWatches(folder, locks);

        Assert.ThrowsAny<IOException>(() => watches.TryTake("AA", "watcher", Lease));
        File.Delete(alive);

        Assert.True(watches.TryTake("AA", "watcher", Lease));
        Assert.True(watches.TryTake("BB", "watcher", Lease));
        Assert.False(new JournalWatches(folder, locks).TryTake("AA", "other", Lease));
    }
}
