using ImaNanoBanana.Journal.FileJournal;
using ImaNanoBanana.Planning;

namespace ImaNanoBanana.Tests.Journal;

public sealed class FileTaskJournalTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => TestFolder.Delete(_folder);

    [Fact]
    public async Task Key_is_claimed_once_by_any_instance()
    {
        var (one, other) = (new FileTaskJournal(_folder.FullName), new FileTaskJournal(_folder.FullName));
        var first = Entry("order-1");

        Assert.Null(await one.ClaimAsync(first, Cancel));
        Assert.Equal(first, await other.ClaimAsync(Entry("order-1"), Cancel));
        Assert.Equal(first, await other.FindAsync("order-1", Cancel));
        Assert.Null(await other.FindAsync("Order-1", Cancel));
    }

    [Fact]
    public async Task Of_many_claims_at_once_one_wins()
    {
        var claims = Enumerable.Range(0, 16).Select(_ => Entry("order-1")).ToList();

        var answers = await Task.WhenAll(claims.Select(claim => new FileTaskJournal(_folder.FullName).ClaimAsync(claim, Cancel)));

        var winner = Assert.Single(claims, claim => answers[claims.IndexOf(claim)] is null);
        Assert.Equal(winner, await new FileTaskJournal(_folder.FullName).FindAsync("order-1", Cancel));
    }

    [Fact]
    public async Task Only_the_claim_itself_is_changed_or_removed()
    {
        var journal = new FileTaskJournal(_folder.FullName);
        var (first, second) = (Entry("order-1"), Entry("order-1"));
        await journal.ClaimAsync(first, Cancel);
        var accepted = first with { State = TaskJournalState.Accepted, Task = new ImageTask("task_1") };

        Assert.False(await journal.UpdateAsync(second with { State = TaskJournalState.Unknown }, Cancel));
        Assert.False(await journal.RemoveAsync(second, Cancel));
        Assert.True(await journal.UpdateAsync(accepted, Cancel));
        Assert.Equal(accepted, await journal.FindAsync("order-1", Cancel));
        Assert.True(await journal.RemoveAsync(first, Cancel));
        Assert.False(await journal.UpdateAsync(accepted, Cancel));
        Assert.False(await journal.RemoveAsync(first, Cancel));
        Assert.Empty(_folder.GetFiles());
    }

    [Fact]
    public async Task List_is_in_the_order_of_the_claims()
    {
        var journal = new FileTaskJournal(_folder.FullName);
        foreach (var minute in new[] { 3, 1, 2 })
        {
            await journal.ClaimAsync(Entry($"order-{minute}") with { ClaimedAt = Noon.AddMinutes(minute) }, Cancel);
        }

        Assert.Equal(["order-1", "order-2", "order-3"], (await ListAsync(journal)).Select(entry => entry.IdempotencyKey));
    }

    [Fact]
    public async Task Registrations_share_a_folder_but_no_keys()
    {
        var (one, other) = (new FileTaskJournal(_folder.FullName, "tenant-a"), new FileTaskJournal(_folder.FullName, "tenant-b"));

        Assert.Null(await one.ClaimAsync(Entry("order-1"), Cancel));
        Assert.Null(await other.FindAsync("order-1", Cancel));
        Assert.Null(await other.ClaimAsync(Entry("order-1"), Cancel));
        Assert.Equal("tenant-a", Assert.Single(await ListAsync(one)).Registration);
        Assert.Equal("tenant-b", Assert.Single(await ListAsync(other)).Registration);
        Assert.Empty(await ListAsync(new FileTaskJournal(_folder.FullName)));
    }

    [Fact]
    public async Task File_is_small_and_named_by_a_hash()
    {
        await new FileTaskJournal(_folder.FullName).ClaimAsync(Entry("../../order \u00e4 1"), Cancel);

        var file = Assert.Single(_folder.GetFiles());
        Assert.Matches("^[0-9A-F]{64}[.]open$", file.Name);
        Assert.InRange(file.Length, 1, 1000);
    }

    [Fact]
    public async Task Folder_is_created_by_the_first_claim_and_may_be_missing_before()
    {
        var missing = Path.Combine(_folder.FullName, "a", "b");
        var journal = new FileTaskJournal(missing);

        Assert.Null(await journal.FindAsync("order-1", Cancel));
        Assert.Empty(await ListAsync(journal));
        Assert.False(await journal.RemoveAsync(Entry("order-1"), Cancel));
        Assert.False(Directory.Exists(missing));
        Assert.Null(await journal.ClaimAsync(Entry("order-1"), Cancel));
        Assert.True(Directory.Exists(missing));
    }

    /// <summary>A file that is truncated anywhere, as after a power failure.</summary>
    [Fact]
    public async Task Truncated_file_is_a_submission_with_unknown_outcome_until_it_is_removed()
    {
        var journal = new FileTaskJournal(_folder.FullName);
        await journal.ClaimAsync(Entry("order-1") with { State = TaskJournalState.Accepted, Task = new ImageTask("task_1") }, Cancel);
        var file = Assert.Single(_folder.GetFiles()).FullName;
        var whole = await File.ReadAllBytesAsync(file, Cancel);
        for (var length = 0; length < whole.Length; length++)
        {
            await File.WriteAllBytesAsync(file, whole[..length], Cancel);

            var entry = await journal.FindAsync("order-1", Cancel);
            Assert.True(entry is { IsUnknown: true, Task: null, RequestHash: "" }, $"cut off after {length} bytes: {entry}");
            Assert.Equal(entry, await journal.ClaimAsync(Entry("order-1"), Cancel));
            Assert.Equal(entry, Assert.Single(await ListAsync(journal)));
        }

        var listed = Assert.Single(await ListAsync(journal)).IdempotencyKey;
        Assert.Equal("damaged:" + Path.GetFileNameWithoutExtension(file), listed);
        Assert.True(await journal.RemoveAsync(listed, Cancel));
        Assert.Empty(_folder.GetFiles());
    }

    [Fact]
    public async Task Truncated_file_of_a_known_key_can_be_given_its_task()
    {
        var journal = new FileTaskJournal(_folder.FullName);
        await journal.ClaimAsync(Entry("order-1"), Cancel);
        await File.WriteAllTextAsync(Assert.Single(_folder.GetFiles()).FullName, "{\"v\":1,\"oper", Cancel);

        await journal.AttachTaskAsync("order-1", "task_7", Cancel);

        var entry = Assert.Single(await ListAsync(journal));
        Assert.Equal(("order-1", TaskJournalState.Accepted, "task_7"), (entry.IdempotencyKey, entry.State, entry.Task!.Id));
        Assert.Equal(entry.ClaimedAt, entry.Task.CreatedAt);
    }

    [Theory]
    [InlineData("\0\0\0\0\0\0\0\0")]
    [InlineData("hello")]
    [InlineData("[1,2,3]")]
    [InlineData("{\"some\":\"other program's\"}")]
    public async Task Invalid_file_is_unknown_and_does_not_end_the_list(string text)
    {
        var journal = new FileTaskJournal(_folder.FullName);
        await journal.ClaimAsync(Entry("order-1"), Cancel);
        await File.WriteAllTextAsync(Assert.Single(_folder.GetFiles()).FullName, text, Cancel);
        await journal.ClaimAsync(Entry("order-2"), Cancel);

        Assert.Equal(2, (await ListAsync(journal)).Count);
        Assert.True((await journal.FindAsync("order-1", Cancel))!.IsUnknown);
    }

    [Fact]
    public async Task File_larger_than_any_entry_is_not_read_into_memory()
    {
        var journal = new FileTaskJournal(_folder.FullName);
        await journal.ClaimAsync(Entry("order-1"), Cancel);
        var file = Assert.Single(_folder.GetFiles()).FullName;
        await using (var large = File.OpenWrite(file))
        {
            large.SetLength(64 << 20);
        }

        var before = GC.GetTotalAllocatedBytes(precise: true);
        Assert.True((await journal.FindAsync("order-1", Cancel))!.IsUnknown);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 4 << 20);
    }

    [Fact]
    public async Task Other_files_are_not_touched()
    {
        string[] foreign = ["README.txt", "order.open", "notes.done.tmp", new string('A', 63) + ".open"];
        foreach (var name in foreign)
        {
            await File.WriteAllTextAsync(Path.Combine(_folder.FullName, name), "{}", Cancel);
            File.SetLastWriteTimeUtc(Path.Combine(_folder.FullName, name), DateTime.UnixEpoch);
        }

        Directory.CreateDirectory(Path.Combine(_folder.FullName, new string('B', 64) + ".open"));
        var journal = new FileTaskJournal(_folder.FullName, retention: TimeSpan.Zero);
        var claim = Entry("order-1");
        await journal.ClaimAsync(claim, Cancel);
        await journal.UpdateAsync(claim with { State = TaskJournalState.Unknown }, Cancel);

        await journal.Tidying;
        Assert.Single(await ListAsync(journal));
        Assert.Equal(5, _folder.GetFiles().Length);
    }

    /// <summary>The days since the file was last written; the retention is 30.</summary>
    [Theory]
    [InlineData(TaskJournalState.Completed, 31, false)]
    [InlineData(TaskJournalState.Failed, 31, false)]
    [InlineData(TaskJournalState.Completed, 29, true)]
    [InlineData(TaskJournalState.Accepted, 3000, true)]
    [InlineData(TaskJournalState.Unknown, 3000, true)]
    [InlineData(TaskJournalState.Claimed, 3000, true)]
    public async Task Only_finished_submissions_are_ever_removed(TaskJournalState state, int days, bool isKept)
    {
        var time = new TestTimeProvider(DateTimeOffset.UtcNow);
        var journal = new FileTaskJournal(_folder.FullName, timeProvider: time);
        var old = Entry("old") with { State = state, Task = state == TaskJournalState.Claimed ? null : new ImageTask("task_1") };
        await journal.ClaimAsync(old, Cancel);
        File.SetLastWriteTimeUtc(Assert.Single(_folder.GetFiles()).FullName, time.GetUtcNow().UtcDateTime.AddDays(-days));

        var other = Entry("other");
        await journal.ClaimAsync(other, Cancel);
        await journal.UpdateAsync(other with { State = TaskJournalState.Unknown }, Cancel);

        await journal.Tidying;
        Assert.Equal(isKept, await journal.FindAsync("old", Cancel) is not null);
    }

    [Fact]
    public async Task Clock_that_is_set_back_removes_nothing()
    {
        var time = new TestTimeProvider(DateTimeOffset.UtcNow.AddYears(-3));
        var journal = new FileTaskJournal(_folder.FullName, timeProvider: time);
        var claim = Entry("order-1");
        await journal.ClaimAsync(claim, Cancel);
        await journal.UpdateAsync(claim with { State = TaskJournalState.Completed, Task = new ImageTask("task_1") }, Cancel);
        time.Advance(TimeSpan.FromDays(100));
        var other = Entry("order-2");
        await journal.ClaimAsync(other, Cancel);
        await journal.UpdateAsync(other with { State = TaskJournalState.Unknown }, Cancel);

        await journal.Tidying;
        Assert.Equal(2, (await ListAsync(journal)).Count);
    }

    /// <summary>
    /// The next start removes files that killed processes left half-written. A file that another process is just writing is locked.
    /// </summary>
    [Fact]
    public async Task Temporary_files_of_dead_processes_are_removed_and_those_in_use_are_not()
    {
        string[] names = [
            new string('A', 64) + ".open." + new string('0', 32) + ".tmp", new string('B', 64) + ".done." + new string('1', 32) + ".tmp"];
        foreach (var name in names)
        {
            await File.WriteAllTextAsync(Path.Combine(_folder.FullName, name), "{", Cancel);
        }

        using var held = new JournalLocks(Path.Combine(_folder.FullName, "locks")).TryTake(names[1]);
        var journal = new FileTaskJournal(_folder.FullName);
        var claim = Entry("order-1");
        await journal.ClaimAsync(claim, Cancel);
        await journal.UpdateAsync(claim with { State = TaskJournalState.Unknown }, Cancel);
        await journal.Tidying;

        Assert.NotNull(held);
        Assert.Equal([names[1]], _folder.GetFiles("*.tmp").Select(file => file.Name));
    }

    [Fact]
    public void Invalid_arguments_are_reported_by_name()
    {
        Assert.Equal("folder", Assert.Throws<ArgumentException>(() => new FileTaskJournal(" ")).ParamName);
        Assert.Equal("registration", Assert.Throws<ArgumentNullException>(() => new FileTaskJournal("x", null!)).ParamName);
        Assert.Equal(
            "retention",
            Assert.Throws<ArgumentOutOfRangeException>(() => new FileTaskJournal("x", retention: TimeSpan.FromTicks(-1))).ParamName);
    }

    internal static TaskJournalEntry Entry(string key) => new(key, "AA") { ClaimId = Guid.NewGuid().ToString("N"), ClaimedAt = Noon };

    internal static async Task<List<TaskJournalEntry>> ListAsync(ITaskJournal journal)
    {
        var entries = new List<TaskJournalEntry>();
        await foreach (var entry in journal.ListAsync(Cancel))
        {
            entries.Add(entry);
        }

        return entries;
    }
}
