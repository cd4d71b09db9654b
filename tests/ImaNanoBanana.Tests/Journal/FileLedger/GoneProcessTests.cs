using ImaNanoBanana.Journal;
using ImaNanoBanana.Tests.Requests;

namespace ImaNanoBanana.Tests.Journal.FileLedger;

/// <summary>What becomes of the reservations of processes that are gone. The reservation has 18 of 20 credits.</summary>
public sealed class GoneProcessTests : IDisposable
{
    private static readonly CreditAccount Account = new("studio", 20, TimeSpan.FromDays(1));
    private static readonly CreditLedgerEntry Gone = LedgerScenarios.Entry("gone", 18);
    private static readonly CreditLedgerEntry Next = LedgerScenarios.Entry("next", 6);

    private readonly TestFolder _folder = new();
    private readonly FileTaskJournal _journal;

    public GoneProcessTests() => _journal = new FileTaskJournal(_folder.Path);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null, true)]
    [InlineData(TaskJournalState.Claimed, false)]
    [InlineData(TaskJournalState.Unknown, false)]
    [InlineData(TaskJournalState.Accepted, false)]
    [InlineData(TaskJournalState.Completed, false)]
    [InlineData(TaskJournalState.Failed, false)]
    public async Task Journal_decides(TaskJournalState? state, bool isFree)
    {
        var ledger = await ReserveAsync(_journal);
        if (state is { } there)
        {
            await ClaimAsync("gone", there);
        }

        OlderAccount.EndHolders(_folder.Path);
        OlderAccount.LetPass(_folder.Path, "studio", TimeSpan.FromMinutes(14));
        Assert.False(await ledger.TryReserveAsync(Account, Next, Token));
        Assert.Equal(new CreditUsage(0, 18, 2), await ledger.GetUsageAsync(Account, Token));
        OlderAccount.LetPass(_folder.Path, "studio", TimeSpan.FromMinutes(1));

        Assert.Equal(isFree, await ledger.TryReserveAsync(Account, Next, Token));

        Assert.Equal(
            isFree ? new CreditUsage(0, 6, 14) : new CreditUsage(18, 0, 2), await ledger.GetUsageAsync(Account, Token));
    }

    /// <summary>However long it takes: its images are uploaded, or the request gate is slow.</summary>
    [Fact]
    public async Task Reservation_of_a_living_process_is_kept()
    {
        var owner = await ReserveAsync(_journal);
        OlderAccount.LetPass(_folder.Path, "studio", TimeSpan.FromHours(5));

        Assert.False(await new FileCreditLedger(_folder.Path, _journal).TryReserveAsync(Account, Next, Token));

        await owner.CommitAsync(Account, Gone, Token);
        Assert.Equal(new CreditUsage(18, 0, 2), await owner.GetUsageAsync(Account, Token));
    }

    /// <summary>Credits are spent at the time of the claim and return a period later.</summary>
    [Fact]
    public async Task Submission_counts_from_its_claim()
    {
        var ledger = await ReserveAsync(_journal);
        OlderAccount.LetPass(_folder.Path, "studio", TimeSpan.FromHours(3));
        await ClaimAsync("gone", TaskJournalState.Accepted, TimeSpan.FromHours(2));
        OlderAccount.EndHolders(_folder.Path);

        Assert.False(await ledger.TryReserveAsync(Account, Next, Token));

        var free = await ledger.GetFreeAfterAsync(Account, 6, Token);
        Assert.InRange(free!.Value, TimeSpan.FromHours(21.9), TimeSpan.FromHours(22));
    }

    /// <summary>The key belongs to another claim: this one was never made, or it was removed because it was not charged.</summary>
    [Fact]
    public async Task Claim_of_another_call_is_not_that_of_the_reservation()
    {
        var ledger = await ReserveAsync(_journal);
        await ClaimAsync("other", TaskJournalState.Accepted);
        OlderAccount.EndHolders(_folder.Path);
        OlderAccount.LetPass(_folder.Path, "studio", TimeSpan.FromHours(1));

        Assert.True(await ledger.TryReserveAsync(Account, Next, Token));
    }

    [Fact]
    public async Task Damaged_entry_counts_as_a_submission()
    {
        var ledger = await ReserveAsync(_journal);
        await ClaimAsync("gone", TaskJournalState.Claimed);
        await File.WriteAllTextAsync(Assert.Single(Directory.GetFiles(_folder.Path, "*.open")), "{", Token);
        OlderAccount.EndHolders(_folder.Path);
        OlderAccount.LetPass(_folder.Path, "studio", TimeSpan.FromHours(1));

        Assert.False(await ledger.TryReserveAsync(Account, Next, Token));
        Assert.Equal(new CreditUsage(18, 0, 2), await ledger.GetUsageAsync(Account, Token));
    }

    /// <summary>The app submits something itself, of which the journal knows nothing.</summary>
    [Fact]
    public async Task Reservation_outside_the_client_is_kept()
    {
        var ledger = new FileCreditLedger(_folder.Path, _journal);
        Assert.NotNull(await new CreditBudget(ledger, Account).TryReserveAsync(18, Token));
        OlderAccount.EndHolders(_folder.Path);
        OlderAccount.LetPass(_folder.Path, "studio", TimeSpan.FromHours(1));

        Assert.False(await ledger.TryReserveAsync(Account, Next, Token));

        Assert.Equal(new CreditUsage(0, 18, 2), await ledger.GetUsageAsync(Account, Token));
    }

    /// <summary>Without a journal that outlives the process, no one knows what became of the reservation.</summary>
    [Fact]
    public async Task Reservation_without_a_lasting_journal_is_kept()
    {
        var time = new TestTimeProvider();
        await AssertKeptAsync(null);
        await AssertKeptAsync(new MemoryTaskJournal(time));
        await AssertKeptAsync(AppJournal.Create(null, time));

        async Task AssertKeptAsync(ITaskJournal? journal)
        {
            using var folder = new TestFolder();
            await new FileCreditLedger(folder.Path, journal).TryReserveAsync(Account, Gone, Token);
            OlderAccount.EndHolders(folder.Path);
            OlderAccount.LetPass(folder.Path, "studio", TimeSpan.FromDays(40));

            // Nor does the journal of another ledger know it.
            Assert.False(await new FileCreditLedger(folder.Path, _journal).TryReserveAsync(Account, Next, Token));
            Assert.False(await new FileCreditLedger(folder.Path, journal).TryReserveAsync(Account, Next, Token));
        }
    }

    [Fact]
    public async Task Journal_that_fails_reserves_nothing()
    {
        await ReserveAsync(_journal);
        OlderAccount.EndHolders(_folder.Path);
        OlderAccount.LetPass(_folder.Path, "studio", TimeSpan.FromHours(1));
        var broken = new SpyJournal
        {
            Before = name => name == "find" ? throw new IOException("The database is gone.") : Task.CompletedTask,
        };

        await Assert.ThrowsAsync<IOException>(
            () => new FileCreditLedger(_folder.Path, broken).TryReserveAsync(Account, Next, Token).AsTask());

        Assert.Equal(new CreditUsage(0, 18, 2), await new FileCreditLedger(_folder.Path).GetUsageAsync(Account, Token));
    }

    /// <summary>What the journal has under the key of the reservation, and whether the credits of the reservation are free.</summary>
    [Theory]
    [InlineData("order-gone", "gone", false)]
    [InlineData("order-gone", "other", true)]
    [InlineData("order-gone", "", false)]
    [InlineData("another key", "other", false)]
    [InlineData("another key", "", false)]
    public async Task Only_a_complete_entry_of_another_claim_frees_the_credits(string key, string claimId, bool isFree)
    {
        var ledger = await ReserveAsync(_journal);
        await ClaimAsync("gone", TaskJournalState.Claimed);
        var entry = new TaskJournalEntry(key, "hash") { ClaimId = claimId, ClaimedAt = DateTimeOffset.UnixEpoch };
        await File.WriteAllTextAsync(Assert.Single(Directory.GetFiles(_folder.Path, "*.open")), entry.ToJson(), Token);
        OlderAccount.EndHolders(_folder.Path);
        OlderAccount.LetPass(_folder.Path, "studio", TimeSpan.FromHours(1));

        Assert.Equal(isFree, await ledger.TryReserveAsync(Account, Next, Token));
    }

    /// <summary>
    /// The reservation was made 3 hours ago. The journal has another clock: by how many hours before now it says the claim was made, and
    /// after how many hours the credits return.
    /// </summary>
    [Theory]
    [InlineData(2, 22)]
    [InlineData(-40, 24)]
    [InlineData(40, 21)]
    public async Task Wrong_clock_of_the_journal_neither_frees_nor_keeps_credits(int hoursAgo, int freeAfter)
    {
        var ledger = await ReserveAsync(_journal);
        OlderAccount.LetPass(_folder.Path, "studio", TimeSpan.FromHours(3));
        await ClaimAsync("gone", TaskJournalState.Accepted, TimeSpan.FromHours(hoursAgo));
        OlderAccount.EndHolders(_folder.Path);

        Assert.False(await ledger.TryReserveAsync(Account, Next, Token));

        var free = await ledger.GetFreeAfterAsync(Account, 6, Token);
        Assert.InRange(free!.Value, TimeSpan.FromHours(freeAfter - 0.1), TimeSpan.FromHours(freeAfter));
    }

    private async Task<FileCreditLedger> ReserveAsync(ITaskJournal journal)
    {
        var ledger = new FileCreditLedger(_folder.Path, journal);
        Assert.True(await ledger.TryReserveAsync(Account, Gone, Token));
        return ledger;
    }

    private async Task ClaimAsync(string claimId, TaskJournalState state, TimeSpan ago = default)
    {
        var now = (await _journal.GetTimeAsync(Token))!.Value;
        var claim = new TaskJournalEntry("order-gone", "hash") { ClaimId = claimId, ClaimedAt = now - ago };
        Assert.Null(await _journal.ClaimAsync(claim, Token));
        if (state != TaskJournalState.Claimed)
        {
            var isKnown = state != TaskJournalState.Unknown;
            Assert.True(await _journal.UpdateAsync(
                claim with { State = state, Task = isKnown ? new ImageTask("task_1") : null }, Token));
        }
    }
}
