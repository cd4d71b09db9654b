using ImaNanoBanana.Journal;

namespace ImaNanoBanana.Tests.Journal;

/// <summary>Which entries a filter selects, and that pages give every entry once, in the order of the claims.</summary>
public sealed class TaskJournalFilterTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    /// <summary>A journal of each kind. The last one has only the default implementation of the interface.</summary>
    public enum Kind
    {
        Memory,
        Folder,
        Custom,
    }

    public static MatrixTheoryData<Kind, int?> Pages => new(Enum.GetValues<Kind>(), [1, 2, 3, 7, null]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => TestFolder.Delete(new DirectoryInfo(_folder));

    /// <summary>The state, and how many hours before noon the submission ended and the filter begins; null for neither.</summary>
    [Theory]
    [InlineData(TaskJournalState.Claimed, null, null, true)]
    [InlineData(TaskJournalState.Accepted, null, null, true)]
    [InlineData(TaskJournalState.Unknown, null, null, true)]
    [InlineData(TaskJournalState.Unknown, null, -1, true)]
    [InlineData(TaskJournalState.Completed, 1, null, false)]
    [InlineData(TaskJournalState.Completed, 1, 2, true)]
    [InlineData(TaskJournalState.Completed, 1, 1, true)]
    [InlineData(TaskJournalState.Completed, 2, 1, false)]
    [InlineData(TaskJournalState.Failed, 1, null, false)]
    [InlineData(TaskJournalState.Failed, 1, 2, true)]
    [InlineData(TaskJournalState.Failed, 2, 1, false)]
    [InlineData(TaskJournalState.Completed, null, 4, true)]
    [InlineData(TaskJournalState.Completed, null, 2, false)]
    public void Unfinished_submissions_are_selected_and_finished_ones_since_a_time(
        TaskJournalState state, int? endedBefore, int? sinceBefore, bool isSelected)
    {
        var entry = Entry("order-1", -180) with { State = state, EndedAt = Noon.AddHours(-endedBefore ?? 0) };
        entry = endedBefore is null ? entry with { EndedAt = null } : entry;
        var filter = new TaskJournalFilter { FinishedSince = sinceBefore is { } hours ? Noon.AddHours(-hours) : null };

        Assert.Equal(isSelected, filter.Selects(entry));
        Assert.Equal(isSelected, (filter with { After = entry, MaxCount = 0, Registration = "other" }).Selects(entry));
        Assert.True(
            (filter with { FinishedSince = DateTimeOffset.MinValue }).Selects(entry), "The earliest time selects every entry.");
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Pages_give_every_entry_once_in_order(Kind kind, int? size)
    {
        var journal = Journal(kind);

        // Claims of the same time are sorted by their keys, and a claim that was renewed has a later time.
        await AddAsync(journal, Entry("late", 9), Entry("c", 1), Entry("a", 1), Entry("b", 1), Entry("renewed", 2), Entry("d", 3));
        await AddAsync(journal, Entry("finished", 2) with { State = TaskJournalState.Completed, EndedAt = Noon });
        if (kind != Kind.Folder)
        {
            await journal.RenewAsync(Entry("renewed", 4), Token);
        }

        var keys = new List<string>();
        var filter = new TaskJournalFilter { MaxCount = size };
        while (await ListAsync(journal, filter) is { Count: > 0 } page)
        {
            Assert.True(page.Count <= (size ?? int.MaxValue), "The page is too long.");
            keys.AddRange(page.Select(entry => entry.IdempotencyKey));
            filter = filter with { After = page[^1] };
        }

        Assert.Equal(kind == Kind.Folder ? ["a", "b", "c", "renewed", "d", "late"] : ["a", "b", "c", "d", "renewed", "late"], keys);
    }

    [Theory]
    [InlineData(Kind.Memory, 0)]
    [InlineData(Kind.Memory, -1)]
    [InlineData(Kind.Folder, 0)]
    [InlineData(Kind.Folder, -1)]
    [InlineData(Kind.Custom, 0)]
    [InlineData(Kind.Custom, -1)]
    public async Task Page_without_room_is_empty(Kind kind, int size)
    {
        var journal = Journal(kind);
        await AddAsync(journal, Entry("a", 1));

        Assert.Empty(await ListAsync(journal, new TaskJournalFilter { MaxCount = size }));
    }

    [Fact]
    public async Task Shared_folder_lists_one_registration_at_a_time()
    {
        var (one, other) = (new FileTaskJournal(_folder, "tenant-a"), new FileTaskJournal(_folder, "tenant-b"));
        await AddAsync(one, Entry("a", 1), Entry("both", 2));
        await AddAsync(other, Entry("both", 3));

        Assert.Equal(["a", "both"], await KeysAsync(one, null));
        Assert.Equal(["both"], await KeysAsync(one, "tenant-b"));
        Assert.Equal(["a", "both"], await KeysAsync(other, "tenant-a"));
        Assert.Empty(await KeysAsync(one, ""));
    }

    private static TaskJournalEntry Entry(string key, int minutes) =>
        new(key, "AA") { ClaimId = key, ClaimedAt = Noon.AddMinutes(minutes) };

    private static async Task AddAsync(ITaskJournal journal, params TaskJournalEntry[] entries)
    {
        foreach (var entry in entries)
        {
            Assert.Null(await journal.ClaimAsync(entry with { State = TaskJournalState.Claimed, EndedAt = null }, Token));
            Assert.True(entry.State == TaskJournalState.Claimed || await journal.UpdateAsync(entry, Token), "The entry is there.");
        }
    }

    private static async Task<List<TaskJournalEntry>> ListAsync(ITaskJournal journal, TaskJournalFilter filter)
    {
        var entries = new List<TaskJournalEntry>();
        await foreach (var entry in journal.ListAsync(filter, Token))
        {
            entries.Add(entry);
        }

        return entries;
    }

    private static async Task<IEnumerable<string>> KeysAsync(ITaskJournal journal, string? registration) =>
        (await ListAsync(journal, new TaskJournalFilter { Registration = registration })).Select(entry => entry.IdempotencyKey);

    private ITaskJournal Journal(Kind kind) => kind switch
    {
        Kind.Memory => new MemoryTaskJournal(new TestTimeProvider()),
        Kind.Folder => new FileTaskJournal(_folder),
        _ => new SpyJournal(),
    };
}
