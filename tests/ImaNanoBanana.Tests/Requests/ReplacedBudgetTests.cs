using ImaNanoBanana.Requests.Credits;
using ImaNanoBanana.Tests.Submitting;

namespace ImaNanoBanana.Tests.Requests;

/// <summary>What stays counted when a budget is replaced, and when a new one would count the same.</summary>
public class ReplacedBudgetTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly CreditAccount Account = new("studio", 20);

    private readonly TestTimeProvider _time = new();
    private readonly SpyLedger _ledger;

    public ReplacedBudgetTests() => _ledger = new SpyLedger(_time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Budget_is_added_or_kept()
    {
        var (one, other) = (new CreditBudget(20), new CreditBudget(20));

        Assert.Same(one, CreditBudget.Continue(null, one));
        Assert.Null(CreditBudget.Continue(null, null));
        Assert.Same(one, CreditBudget.Continue(one, one));
        Assert.Same(one, CreditBudget.Continue(one, other));
    }

    /// <summary>
    /// Without a limit, a budget in memory continues to count, for a limit that returns. A ledger keeps its counts itself.
    /// </summary>
    [Fact]
    public async Task Budget_without_a_limit_counts_for_the_next_one()
    {
        var last = new CreditBudget(20, timeProvider: _time);
        await SpendAsync(last, 6);

        var without = CreditBudget.Continue(last, null)!;
        await SpendAsync(without, 100);
        var next = CreditBudget.Continue(CreditBudget.Continue(without, null), new CreditBudget(200, timeProvider: _time))!;

        Assert.Equal((true, false, true), (last.IsLimited, without.IsLimited, next.IsLimited));
        Assert.Same(without, CreditBudget.Continue(without, null));
        Assert.Equal((106, 94), (next.Usage.Spent, next.Usage.Remaining));
        Assert.Null(CreditBudget.Continue(new CreditBudget(_ledger, Account), null));
    }

    /// <summary>Six of 20 credits are spent. The new limit, the hours of the new period, and what remains.</summary>
    [Theory]
    [InlineData(20, null, 14)]
    [InlineData(30, null, 24)]
    [InlineData(5, null, 0)]
    [InlineData(20, 24, 14)]
    [InlineData(30, 24, 24)]
    [InlineData(20, 1, 20)]
    public async Task What_was_counted_in_memory_stays_counted(int limit, int? hours, int remaining)
    {
        var last = new CreditBudget(20, timeProvider: _time);
        await SpendAsync(last, 6);
        _time.Advance(TimeSpan.FromHours(2));
        var period = hours is { } length ? TimeSpan.FromHours(length) : (TimeSpan?)null;

        var next = CreditBudget.Continue(last, new CreditBudget(limit, period, _time))!;

        Assert.Equal((limit, period, remaining), (next.Limit, next.Period, next.Usage.Remaining));
    }

    /// <summary>A longer period needs older submissions. What is counted already is not counted twice.</summary>
    [Theory]
    [InlineData(24, 1)]
    [InlineData(48, 2)]
    public async Task Journal_is_counted_again_only_for_another_period(int hours, int reads)
    {
        var last = new CreditBudget(20, Day, _time);
        var (journal, read) = (new object(), 0);
        await CountAsync(last);

        var next = CreditBudget.Continue(last, new CreditBudget(30, TimeSpan.FromHours(hours), _time))!;
        await CountAsync(next);

        Assert.Equal((reads, 6, 24), (read, next.Usage.Spent, next.Usage.Remaining));

        Task CountAsync(CreditBudget budget) => budget.CountAsync(
            journal,
            null,
            _ =>
            {
                read++;
                return Task.FromResult<IReadOnlyList<PastCharge>>([new PastCharge("a", 6, TimeSpan.Zero)]);
            },
            Token);
    }

    /// <summary>A ledger counts outside the budget, so the last budget is kept only if it is the same account of the same ledger.</summary>
    [Theory]
    [InlineData("same", "last")]
    [InlineData("other account", "next")]
    [InlineData("other ledger", "next")]
    [InlineData("other account of another ledger", "next")]
    [InlineData("memory", "next")]
    [InlineData("from memory", "next")]
    public void Budget_of_a_ledger_is_replaced_if_it_changes(string what, string expected)
    {
        var inMemory = new CreditBudget(20);
        var ofLedger = new CreditBudget(_ledger, Account);
        var (last, next) = what switch
        {
            "same" => (ofLedger, new CreditBudget(_ledger, Account with { Limit = 20 })),
            "other account" => (ofLedger, new CreditBudget(_ledger, Account with { Limit = 30 })),
            "other ledger" => (ofLedger, new CreditBudget(new SpyLedger(_time), Account)),
            "memory" => (ofLedger, inMemory),
            "from memory" => (inMemory, ofLedger),
            _ => (ofLedger, new CreditBudget(new SpyLedger(_time), Account with { Name = "other" })),
        };

        Assert.Same(expected == "last" ? last : next, CreditBudget.Continue(last, next));
    }

    /// <summary>What happened to the budget in memory, and whether a new one counts the same without and with a journal.</summary>
    [Theory]
    [InlineData("nothing", true, true)]
    [InlineData("reserved", false, false)]
    [InlineData("released", true, true)]
    [InlineData("spent", false, true)]
    [InlineData("spent and reserved", false, false)]
    [InlineData("spent before the period", true, true)]
    public async Task Budget_is_settled_if_a_new_one_would_count_the_same(string what, bool alone, bool withJournal)
    {
        var budget = new CreditBudget(20, Day, _time);
        await (what.StartsWith("spent", StringComparison.Ordinal) ? SpendAsync(budget, 6) : Task.CompletedTask);
        await using var open = what.EndsWith("reserved", StringComparison.Ordinal) ? await budget.TryReserveAsync(5, Token) : null;
        if (what == "released")
        {
            await (await budget.TryReserveAsync(5, Token))!.DisposeAsync();
        }

        _time.Advance(what.EndsWith("period", StringComparison.Ordinal) ? Day : TimeSpan.Zero);

        Assert.Equal((alone, withJournal), (budget.IsSettled(isCounted: false), budget.IsSettled(isCounted: true)));
    }

    [Fact]
    public async Task Budget_of_a_ledger_is_always_settled()
    {
        var budget = new CreditBudget(_ledger, Account);
        await SpendAsync(budget, 6);
        await using var open = await budget.TryReserveAsync(5, Token);

        Assert.Equal((true, true), (budget.IsSettled(isCounted: false), budget.IsSettled(isCounted: true)));
    }

    /// <summary>The ledger gets each end once, whatever the app repeats.</summary>
    [Theory]
    [InlineData("dispose", "release")]
    [InlineData("dispose dispose", "release")]
    [InlineData("dispose commit dispose", "release")]
    [InlineData("commit dispose", "commit")]
    [InlineData("commit commit dispose dispose", "commit")]
    public async Task Reservation_is_settled_once(string steps, string settled)
    {
        var reservation = (await new CreditBudget(_ledger, Account).TryReserveAsync(6, Token))!;
        foreach (var step in steps.Split(' '))
        {
            await (step == "commit" ? reservation.CommitAsync(Token) : reservation.DisposeAsync());
        }

        Assert.Equal(["reserve", settled], _ledger.Methods);
        var (reserved, ended) = (_ledger.Calls[0].Entry!, _ledger.Calls[1].Entry!);
        Assert.Matches("^[0-9a-f]{32}$", reserved.Id);

        // The app submits without the client, so the submission has no idempotency key.
        Assert.Equal((reserved, ""), (ended, reserved.IdempotencyKey));
    }

    private static async Task SpendAsync(CreditBudget budget, decimal credits)
    {
        await using var reservation = (await budget.TryReserveAsync(credits, Token))!;
        await reservation.CommitAsync(Token);
    }
}
