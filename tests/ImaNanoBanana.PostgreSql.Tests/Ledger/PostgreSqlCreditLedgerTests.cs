using ImaNanoBanana.PostgreSql.Tests.Database;
using ImaNanoBanana.Tests.Requests;

namespace ImaNanoBanana.PostgreSql.Tests.Ledger;

public class PostgreSqlCreditLedgerTests(PostgresServer server) : DatabaseTests(server)
{
    private static readonly CreditAccount Account = new("studio", 20);

    private PostgreSqlCreditLedger Ledger => new(Source, hasJournal: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Credits_are_reserved_changed_spent_and_released_once(bool hasPeriod) =>
        LedgerScenarios.CountOnceAsync(() => Ledger, hasPeriod);

    [Fact]
    public Task Accounts_are_counted_separately_and_the_limit_is_the_one_of_the_call() =>
        LedgerScenarios.SeparateAccountsAsync(() => Ledger);

    [Fact]
    public Task Credits_are_free_when_enough_submissions_leave_the_period() =>
        LedgerScenarios.FreeAfterAsync(() => Ledger, LetPassAsync);

    [Fact]
    public Task Budgets_with_different_periods_do_not_make_each_other_forget() =>
        LedgerScenarios.DifferentPeriodsAsync(() => Ledger, LetPassAsync);

    [Fact]
    public Task Without_a_period_everything_counts_in_a_total() => LedgerScenarios.TotalAsync(() => Ledger, LetPassAsync);

    [Fact]
    public Task What_was_spent_without_a_period_counts_until_it_is_older_than_a_later_one() =>
        LedgerScenarios.LaterPeriodAsync(() => Ledger, LetPassAsync);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Reserving_what_is_spent_changes_nothing(bool hasPeriod) =>
        LedgerScenarios.RepeatedAfterCommitAsync(() => Ledger, hasPeriod);

    /// <summary>What is spent is in the sum. Single rows that no budget needs are removed.</summary>
    [Fact]
    public async Task Rows_that_no_budget_needs_are_removed()
    {
        await LedgerScenarios.SpendAsync(Ledger, Account, "free", 0);
        await LedgerScenarios.SpendAsync(Ledger, Account, "a", 6);
        await LetPassAsync(TimeSpan.FromMinutes(16));

        await LedgerScenarios.SpendAsync(Ledger, Account, "b", 1);

        Assert.Equal(new CreditUsage(7, 0, 13), await Ledger.GetUsageAsync(Account, Token));
        Assert.Equal("b", await ScalarAsync<string>("select string_agg(id, ',') from ima_nano_banana.credits where id <> ''"));
    }

    /// <summary>The other budget of the account has another limit and was used last.</summary>
    [Fact]
    public async Task Claim_reserves_again_within_the_limit_of_its_own_budget()
    {
        var (ledger, journal) = (Ledger, new PostgreSqlTaskJournal(Source));
        await ledger.TryReserveAsync(Account, Entry("slow", 14), Token);
        await ExecuteAsync("update ima_nano_banana.credits set at = at - interval '16 minutes' where id = 'slow'");
        Assert.True(await ledger.TryReserveAsync(Account, Entry("next", 12), Token));
        await ledger.GetUsageAsync(Account with { Limit = 100 }, Token);

        var error = await Assert.ThrowsAsync<ImaException>(
            () => journal.ClaimAsync(new TaskJournalEntry("order-slow", "hash") { ClaimId = "slow" }, Token));

        Assert.Equal((ImaErrorKind.BudgetExceeded, 8), (error.Kind, error.AllowedCredits));
    }

    [Fact]
    public async Task Spent_credits_return_when_their_period_has_passed()
    {
        var account = Account with { Period = TimeSpan.FromHours(1) };
        await Ledger.TryReserveAsync(account, Entry("a", 12), Token);
        await Ledger.CommitAsync(account, Entry("a", 12), Token);
        await Ledger.TryReserveAsync(account, Entry("b", 8), Token);
        await Ledger.CommitAsync(account, Entry("b", 8), Token);

        await ExecuteAsync("update ima_nano_banana.credits set at = at - interval '60 minutes' where id = 'a'");

        Assert.Equal(new CreditUsage(8, 0, 12), await Ledger.GetUsageAsync(account, Token));
        Assert.True(await Ledger.TryReserveAsync(account, Entry("c", 12), Token));
        Assert.Equal(
            new CreditUsage(8, 12, 0), await Ledger.GetUsageAsync(account with { Period = TimeSpan.FromDays(200_000) }, Token));
    }

    /// <summary>Whatever many processes do at once: the sums are those of the rows.</summary>
    [Fact]
    public async Task Concurrent_calls_never_reserve_more_than_the_limit()
    {
        await LedgerScenarios.NeverMoreThanTheLimitAsync(() => Ledger);

        var usage = await Ledger.GetUsageAsync(new CreditAccount("studio", 60, TimeSpan.FromDays(1)), Token);
        Assert.Equal(usage.Spent, await ScalarAsync<decimal>("select sum(spent) from ima_nano_banana.credits where id <> ''"));
    }

    /// <summary>A process that is gone: its reservation ends if nothing was submitted for it, and counts as spent otherwise.</summary>
    [Theory]
    [InlineData(true, false, true)]
    [InlineData(true, true, false)]
    [InlineData(false, false, false)]
    public async Task Reservation_of_a_process_that_is_gone_is_settled_from_the_journal(
        bool hasJournal, bool wasSubmitted, bool isFree)
    {
        var ledger = new PostgreSqlCreditLedger(Source, hasJournal);
        await ledger.TryReserveAsync(Account, Entry("gone", 18), Token);
        if (wasSubmitted)
        {
            await new PostgreSqlTaskJournal(Source).ClaimAsync(new TaskJournalEntry("order-gone", "hash") { ClaimId = "gone" }, Token);
        }

        Assert.False(await ledger.TryReserveAsync(Account, Entry("next", 6), Token));
        await ExecuteAsync("update ima_nano_banana.credits set at = at - interval '16 minutes' where id = 'gone'");

        Assert.Equal(isFree, await ledger.TryReserveAsync(Account, Entry("next", 6), Token));
        Assert.Equal(isFree ? 6 : 18, 20 - (await ledger.GetUsageAsync(Account, Token)).Remaining);
    }

    /// <summary>The app submits something itself, which may take long, and of which the journal knows nothing.</summary>
    [Fact]
    public async Task Reservation_outside_the_client_is_kept()
    {
        var reservation = (await new CreditBudget(Ledger, Account).TryReserveAsync(18, Token))!;
        await LetPassAsync(TimeSpan.FromHours(1));

        Assert.False(await Ledger.TryReserveAsync(Account, Entry("next", 6), Token));

        await reservation.CommitAsync(Token);
        Assert.Equal(new CreditUsage(18, 0, 2), await Ledger.GetUsageAsync(Account, Token));
    }

    /// <summary>A process that only seemed to be gone claims its key: its credits are reserved again, or the claim is rejected.</summary>
    [Theory]
    [InlineData(6, true)]
    [InlineData(12, false)]
    public async Task Claim_reserves_again_what_was_taken_from_it(int spentMeanwhile, bool isClaimed)
    {
        var (ledger, journal) = (Ledger, new PostgreSqlTaskJournal(Source));
        await ledger.TryReserveAsync(Account, Entry("slow", 14), Token);
        await ExecuteAsync("update ima_nano_banana.credits set at = at - interval '16 minutes' where id = 'slow'");
        Assert.True(await ledger.TryReserveAsync(Account, Entry("other", 12), Token));
        await ledger.ReleaseAsync(Account, Entry("other", 12), Token);
        await ledger.TryReserveAsync(Account, Entry("next", spentMeanwhile), Token);
        var claim = new TaskJournalEntry("order-slow", "hash") { ClaimId = "slow" };

        if (isClaimed)
        {
            Assert.Null(await journal.ClaimAsync(claim, Token));
            Assert.Equal(new CreditUsage(0, 20, 0), await ledger.GetUsageAsync(Account, Token));
            await ledger.CommitAsync(Account, Entry("slow", 14), Token);
            Assert.Equal(new CreditUsage(14, 6, 0), await ledger.GetUsageAsync(Account, Token));
        }
        else
        {
            var error = await Assert.ThrowsAsync<ImaException>(() => journal.ClaimAsync(claim, Token));
            Assert.Equal(
                (ImaErrorKind.BudgetExceeded, 8, 14, "order-slow"),
                (error.Kind, error.AllowedCredits, error.RequiredCredits, error.IdempotencyKey));
            Assert.Null(await journal.FindAsync("order-slow", Token));
            await ledger.ReleaseAsync(Account, Entry("slow", 14), Token);
            Assert.Equal(new CreditUsage(0, 12, 8), await ledger.GetUsageAsync(Account, Token));
        }
    }

    private static CreditLedgerEntry Entry(string id, decimal credits) => new(id, "order-" + id, credits);

    private Task LetPassAsync(TimeSpan time) =>
        ExecuteAsync($"update ima_nano_banana.credits set at = at - interval '{(int)time.TotalMinutes} minutes'");

    private async Task ExecuteAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Token);
    }
}
