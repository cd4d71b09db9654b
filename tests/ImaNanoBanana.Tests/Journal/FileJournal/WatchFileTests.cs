using ImaNanoBanana.Journal.FileJournal;

namespace ImaNanoBanana.Tests.Journal.FileJournal;

/// <summary>The files of the rights to watch, which other processes and other versions read, and of the processes that live.</summary>
public sealed class WatchFileTests : IDisposable
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(20);

    private readonly TestFolder _folder = new();
    private readonly FileTaskJournal _journal;
    private readonly TaskJournalEntry _entry = FileTaskJournalTests.Entry("order-1");

    public WatchFileTests() => _journal = new FileTaskJournal(_folder.Path);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Locks => Path.Combine(_folder.Path, "locks");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Right_is_a_small_file_next_to_the_locks_until_it_is_given_up()
    {
        await _journal.ClaimAsync(_entry, Token);
        var hash = Path.GetFileNameWithoutExtension(Assert.Single(Directory.GetFiles(_folder.Path)));
        Assert.True(await _journal.TryWatchAsync(_entry, "watcher of this", Lease, Token));

        var text = await File.ReadAllTextAsync(Path.Combine(Locks, hash + ".watch"), Token);
        Assert.Matches("^20000 [0-9a-f]{32} watcher of this$", text);
        Assert.True(File.Exists(Path.Combine(Locks, text.Split(' ')[1] + ".alive")), "The process shows that it lives.");

        Assert.True(await _journal.TryWatchAsync(_entry, "watcher of this", TimeSpan.Zero, Token));
        Assert.Empty(Directory.GetFiles(Locks, "*.watch"));
    }

    /// <summary>Nothing was submitted there, so no one watches, and a missing folder is not created.</summary>
    [Fact]
    public async Task Every_right_is_free_while_there_is_no_folder()
    {
        var missing = Path.Combine(_folder.Path, "missing");

        Assert.True(await new FileTaskJournal(missing).TryWatchAsync(_entry, "one", Lease, Token));

        Assert.False(Directory.Exists(missing));
    }

    /// <summary>Who asks, how many seconds after the last renewal, and whether the process of the watcher lives.</summary>
    [Theory]
    [InlineData("another process", 0, true, false)]
    [InlineData("another process", 19, true, false)]
    [InlineData("another process", 21, true, true)]
    [InlineData("another process", 0, false, true)]
    [InlineData("same process", 0, true, false)]
    [InlineData("same process", 21, true, true)]
    [InlineData("same watcher", 0, true, true)]
    public async Task Right_ends_with_its_lease_or_its_process(string who, int seconds, bool isAlive, bool isFree)
    {
        await _journal.ClaimAsync(_entry, Token);
        Assert.True(await _journal.TryWatchAsync(_entry, "one", Lease, Token));
        var file = Assert.Single(Directory.GetFiles(Locks, "*.watch"));
        File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddSeconds(-seconds));
        if (!isAlive)
        {
            FileLedger.OlderAccount.EndHolders(_folder.Path);
        }

        var asking = who == "same process" ? _journal : new FileTaskJournal(_folder.Path);
        Assert.Equal(isFree, await asking.TryWatchAsync(_entry, who == "same watcher" ? "one" : "other", Lease, Token));
    }

    /// <summary>What a killed process left incomplete keeps no right.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("20000")]
    [InlineData("20000 process")]
    [InlineData("soon process one")]
    [InlineData("-1 process one")]
    public async Task Incomplete_file_keeps_no_right(string text)
    {
        await _journal.ClaimAsync(_entry, Token);
        await _journal.TryWatchAsync(_entry, "one", Lease, Token);
        await File.WriteAllTextAsync(Assert.Single(Directory.GetFiles(Locks, "*.watch")), text, Token);

        Assert.True(await new FileTaskJournal(_folder.Path).TryWatchAsync(_entry, "other", Lease, Token));
    }

    [Fact]
    public void Process_lives_until_its_sign_is_disposed()
    {
        var locks = new JournalLocks(Path.Combine(_folder.Path, "new", "locks"));
        Assert.False(locks.IsAlive("one"));

        using (locks.Live("one"))
        {
            Assert.True(locks.IsAlive("one"));
            Assert.False(locks.IsAlive("other"));
        }

        Assert.False(locks.IsAlive("one"));
    }

    [Fact]
    public void File_of_a_killed_process_is_removed()
    {
        var locks = new JournalLocks(Locks);
        Directory.CreateDirectory(Locks);
        var left = Path.Combine(Locks, "killed.alive");
        File.WriteAllText(left, "");

        Assert.False(locks.IsAlive("killed"));

        Assert.False(File.Exists(left));
    }
}
