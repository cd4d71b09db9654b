using ImaNanoBanana.Journal.FileJournal;

namespace ImaNanoBanana.Tests.Journal.FileJournal;

/// <summary>What a folder's journal does when files change, fail or are cancelled while it reads them, and when it tidies up.</summary>
public sealed class JournalFolderTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly TestTimeProvider _time = new();

    /// <summary>Runs before a file is opened.</summary>
    private Action<string, FileMode> _opening = static (_, _) => { };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private FileTaskJournal Journal => new(_folder.Path, "", null, _time, (path, mode) =>
    {
        _opening(path, mode);
        return JournalFolder.Open(path, mode);
    });

    public void Dispose() => _folder.Dispose();

    /// <summary>Another process delivers the task, or removes the key, between the listing of the folder and the reading.</summary>
    [Theory]
    [InlineData("delivered", 1)]
    [InlineData("removed", 0)]
    public async Task File_that_changes_while_it_is_listed_is_read_as_it_is_now(string what, int count)
    {
        var claim = await ClaimAsync("order-1");
        var ended = claim with { State = TaskJournalState.Completed, Task = new ImageTask("task_1") };
        var open = Assert.Single(Directory.GetFiles(_folder.Path));
        _opening = (path, mode) =>
        {
            if (path == open && File.Exists(open))
            {
                File.Delete(open);
                _ = what == "delivered" ? Write(Path.ChangeExtension(open, ".done"), ended.ToJson()) : 0;
            }
        };

        var entries = await FileTaskJournalTests.ListAsync(Journal);

        Assert.Equal(count == 1 ? [ended] : [], entries);
    }

    [Fact]
    public async Task Finished_submission_that_is_removed_while_it_is_listed_is_left_out()
    {
        await ClaimAsync("order-1", TaskJournalState.Completed);
        await ClaimAsync("order-2", TaskJournalState.Completed);
        var opened = new List<string>();
        _opening = (path, _) =>
        {
            opened.Add(path);
            File.Delete(path);
        };

        Assert.Empty(await FileTaskJournalTests.ListAsync(Journal));
        Assert.Equal(2, opened.Count);
        Assert.Distinct(opened);
    }

    /// <summary>One file that cannot be opened does not end the list; what it cost must not be overlooked.</summary>
    [Theory]
    [InlineData(typeof(IOException), true)]
    [InlineData(typeof(UnauthorizedAccessException), true)]
    [InlineData(typeof(InvalidOperationException), false)]
    public async Task File_that_cannot_be_opened_is_listed_as_unknown(Type error, bool isListed)
    {
        await ClaimAsync("order-1");
        var broken = Assert.Single(Directory.GetFiles(_folder.Path));
        await ClaimAsync("order-2");
        _opening = (path, mode) => _ = path == broken ? throw (Exception)Activator.CreateInstance(error)! : 0;

        if (!isListed)
        {
            await Assert.ThrowsAsync(error, () => FileTaskJournalTests.ListAsync(Journal));
            return;
        }

        var entries = await FileTaskJournalTests.ListAsync(Journal);
        Assert.Equal(
            ["damaged:" + Path.GetFileNameWithoutExtension(broken), "order-2"],
            entries.Select(entry => entry.IdempotencyKey).Order(StringComparer.Ordinal));
        Assert.All(entries, entry => Assert.True(entry.IsUnknown, entry.IdempotencyKey));
    }

    /// <summary>It is truncated between the question for its length and the reading.</summary>
    [Fact]
    public async Task File_that_becomes_shorter_while_it_is_read_is_unknown()
    {
        await ClaimAsync("order-1");
        var journal = new FileTaskJournal(_folder.Path, "", null, _time, static (path, mode) => new LongerStream(path, mode));

        var entry = await journal.FindAsync("order-1", Token);

        Assert.StartsWith("damaged:", entry?.IdempotencyKey, StringComparison.Ordinal);
        Assert.Equal(TaskJournalState.Claimed, entry?.State);
    }

    [Fact]
    public async Task List_that_is_cancelled_opens_no_further_file()
    {
        await ClaimAsync("order-1");
        await ClaimAsync("order-2");
        using var cancel = new CancellationTokenSource();
        var opened = 0;
        _opening = (_, _) =>
        {
            opened++;
            cancel.Cancel();
        };

        await using var list = Journal.ListAsync(cancel.Token).GetAsyncEnumerator(cancel.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => list.MoveNextAsync().AsTask());

        Assert.Equal(1, opened);
    }

    [Fact]
    public async Task List_ends_when_it_is_cancelled_between_two_entries()
    {
        await ClaimAsync("order-1");
        await ClaimAsync("order-2");
        using var cancel = new CancellationTokenSource();
        await using var list = Journal.ListAsync(cancel.Token).GetAsyncEnumerator(cancel.Token);
        Assert.True(await list.MoveNextAsync(), "The first entry.");

        await cancel.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => list.MoveNextAsync().AsTask());
    }

    [Fact]
    public async Task Claim_that_is_cancelled_while_another_claim_is_there_reads_nothing_more()
    {
        await ClaimAsync("order-1");
        using var cancel = new CancellationTokenSource();
        var opened = new List<FileMode>();
        _opening = (_, mode) =>
        {
            opened.Add(mode);
            cancel.Cancel();
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Journal.ClaimAsync(FileTaskJournalTests.Entry("order-1"), cancel.Token));

        Assert.Equal([FileMode.CreateNew], opened);
    }

    /// <summary>By how many ticks the file is older than the filter.</summary>
    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task Finished_submission_is_listed_from_the_moment_it_was_written(int ticks, bool isListed)
    {
        await ClaimAsync("order-1", TaskJournalState.Completed);
        var written = new DateTimeOffset(File.GetLastWriteTimeUtc(Assert.Single(Directory.GetFiles(_folder.Path))), TimeSpan.Zero);

        var entries = new List<TaskJournalEntry>();
        await foreach (var entry in Journal.ListAsync(new TaskJournalFilter { FinishedSince = written.AddTicks(ticks) }, Token))
        {
            entries.Add(entry);
        }

        Assert.Equal(isListed ? 1 : 0, entries.Count);
    }

    [Fact]
    public async Task Folder_is_tidied_with_the_first_change_and_once_an_hour()
    {
        var journal = Journal;
        var claim = FileTaskJournalTests.Entry("order-1");
        await journal.ClaimAsync(claim, Token);
        var runs = new List<Task>();
        TimeSpan[] waits = [default, TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(1) - TimeSpan.FromTicks(1), TimeSpan.FromTicks(1)];
        foreach (var wait in waits)
        {
            _time.Advance(wait);
            Assert.True(await journal.UpdateAsync(claim with { State = TaskJournalState.Unknown }, Token));
            runs.Add(journal.Tidying);
            await journal.Tidying;
        }

        Assert.Equal([0, 0, 0, 1], runs.Select(run => runs.Distinct().ToList().IndexOf(run)));
    }

    /// <summary>A file that cannot be removed now is left for the next run, without an error.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Tidying_never_fails(bool isBlocked)
    {
        await ClaimAsync("order-1", TaskJournalState.Completed);
        var done = Assert.Single(Directory.GetFiles(_folder.Path));
        var locks = Path.Combine(_folder.Path, "locks");
        if (isBlocked)
        {
            // The lock of the file cannot be opened, because it is a folder.
            var path = Path.Combine(locks, Path.GetFileName(done)[..2]);
            File.Delete(path);
            Directory.CreateDirectory(path);
        }

        var folder = new JournalFolder(_folder.Path, "", JournalFolder.Open);
        JournalTidying.Run(folder, new JournalLocks(locks), folder.Now().AddDays(31), TimeSpan.FromDays(30));

        Assert.Equal(isBlocked, File.Exists(done));
    }

    private static int Write(string path, string text)
    {
        File.WriteAllText(path, text);
        return 0;
    }

    private async Task<TaskJournalEntry> ClaimAsync(string key, TaskJournalState state = TaskJournalState.Claimed)
    {
        var (journal, claim) = (new FileTaskJournal(_folder.Path, timeProvider: _time), FileTaskJournalTests.Entry(key));
        Assert.Null(await journal.ClaimAsync(claim, Token));
        if (state != TaskJournalState.Claimed)
        {
            await journal.UpdateAsync(claim with { State = state, Task = new ImageTask("task_1") }, Token);
            await journal.Tidying;
        }

        return claim;
    }

    private sealed class LongerStream(string path, FileMode mode) : FileStream(path, mode)
    {
        public override long Length => base.Length + 1;
    }
}
