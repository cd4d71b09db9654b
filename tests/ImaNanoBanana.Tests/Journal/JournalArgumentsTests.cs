using ImaNanoBanana.Journal;

namespace ImaNanoBanana.Tests.Journal;

/// <summary>Null is reported by name, before a journal or a ledger does anything.</summary>
public sealed class JournalArgumentsTests : IDisposable
{
    private static readonly TaskJournalEntry Entry = FileTaskJournalTests.Entry("order-1");
    private static readonly CreditAccount Account = new("studio", 20);
    private static readonly CreditLedgerEntry Reserved = new("a", "order-1", 6);

    private readonly TestFolder _folder = new();

    public static TheoryData<string, Func<ITaskJournal, Task>> JournalCalls => new()
    {
        { "idempotencyKey", journal => journal.FindAsync(null!, Token) },
        { "claim", journal => journal.ClaimAsync(null!, Token) },
        { "entry", journal => journal.UpdateAsync(null!, Token) },
        { "claim", journal => journal.RenewAsync(null!, Token) },
        { "entry", journal => journal.RemoveAsync((TaskJournalEntry)null!, Token) },
        { "filter", journal => journal.ListAsync(null!, Token).GetAsyncEnumerator(Token).MoveNextAsync().AsTask() },
        { "entry", journal => journal.TryWatchAsync(null!, "one", TimeSpan.Zero, Token) },
        { "watcher", journal => journal.TryWatchAsync(Entry, null!, TimeSpan.Zero, Token) },
        { "idempotencyKey", journal => journal.RemoveAsync((string)null!, Token) },
        { "idempotencyKey", journal => journal.AttachTaskAsync(null!, "task_1", Token) },
        { "taskId", journal => journal.AttachTaskAsync("order-1", null!, Token) },
    };

    public static TheoryData<string, Func<ICreditLedger, Task>> LedgerCalls => new()
    {
        { "account", ledger => ledger.TryReserveAsync(null!, Reserved, Token).AsTask() },
        { "entry", ledger => ledger.TryReserveAsync(Account, null!, Token).AsTask() },
        { "account", ledger => ledger.CommitAsync(null!, Reserved, Token).AsTask() },
        { "entry", ledger => ledger.CommitAsync(Account, null!, Token).AsTask() },
        { "account", ledger => ledger.ReleaseAsync(null!, Reserved, Token).AsTask() },
        { "entry", ledger => ledger.ReleaseAsync(Account, null!, Token).AsTask() },
        { "account", ledger => ledger.GetUsageAsync(null!, Token).AsTask() },
        { "account", ledger => ledger.GetFreeAfterAsync(null!, 1, Token).AsTask() },
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(JournalCalls))]
    public async Task Journal_in_a_folder_rejects_null(string parameter, Func<ITaskJournal, Task> call)
    {
        var folder = Path.Combine(_folder.Path, "journal");

        await Assert.ThrowsAsync<ArgumentNullException>(parameter, () => call(new FileTaskJournal(folder)));

        Assert.False(Directory.Exists(folder));
    }

    [Theory]
    [MemberData(nameof(LedgerCalls))]
    public async Task Ledger_in_a_folder_rejects_null(string parameter, Func<ICreditLedger, Task> call)
    {
        var folder = Path.Combine(_folder.Path, "ledger");

        await Assert.ThrowsAsync<ArgumentNullException>(parameter, () => call(new FileCreditLedger(folder)));

        Assert.False(Directory.Exists(folder));
    }

    /// <summary>What the interface does for a journal that has only its required members.</summary>
    [Fact]
    public async Task Default_members_of_a_journal_reject_null()
    {
        ITaskJournal journal = new WatchJournal(new MemoryTaskJournal(new TestTimeProvider()), new TestTimeProvider());

        await Assert.ThrowsAsync<ArgumentNullException>("claim", () => journal.RenewAsync(null!, Token));
        await Assert.ThrowsAsync<ArgumentNullException>(
            "filter", () => journal.ListAsync(null!, Token).GetAsyncEnumerator(Token).MoveNextAsync().AsTask());
        Assert.Throws<ArgumentNullException>("entry", () => new TaskJournalFilter().Selects(null!));
    }

    [Fact]
    public async Task Extensions_of_a_journal_reject_null_and_an_empty_task()
    {
        var journal = new MemoryTaskJournal(new TestTimeProvider());
        ITaskJournal none = null!;

        await Assert.ThrowsAsync<ArgumentNullException>("journal", () => none.RemoveAsync("order-1", Token));
        await Assert.ThrowsAsync<ArgumentNullException>("journal", () => none.AttachTaskAsync("order-1", "task_1", Token));
        await Assert.ThrowsAsync<ArgumentException>("taskId", () => journal.AttachTaskAsync("order-1", " ", Token));

        // The journal in memory does not check its key itself.
        await Assert.ThrowsAsync<ArgumentNullException>("idempotencyKey", () => journal.RemoveAsync((string)null!, Token));
        await Assert.ThrowsAsync<ArgumentNullException>("idempotencyKey", () => new SpyJournal().AttachTaskAsync(null!, "task_1", Token));
    }

    [Fact]
    public void Budget_of_a_ledger_checks_its_account()
    {
        var ledger = new FileCreditLedger(_folder.Path);

        Assert.Throws<ArgumentNullException>("ledger", () => new CreditBudget(null!, Account));
        Assert.Throws<ArgumentNullException>("account", () => new CreditBudget(ledger, null!));
        Assert.Throws<ArgumentOutOfRangeException>("limit", () => new CreditBudget(ledger, Account with { Limit = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>("period", () => new CreditBudget(ledger, Account with { Period = TimeSpan.Zero }));
    }
}
