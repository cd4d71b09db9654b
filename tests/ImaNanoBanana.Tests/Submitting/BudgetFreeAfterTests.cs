using ImaNanoBanana.Requests.Credits;
using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Submitting;

/// <summary>When the credits of a budget in memory are free again.</summary>
public sealed class BudgetFreeAfterTests
{
    private readonly TestTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>5 credits were spent 3 h ago and 4 credits 1 h ago, of 10 in 24 h.</summary>
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 21)]
    [InlineData(6, 21)]
    [InlineData(7, 23)]
    [InlineData(10, 23)]
    [InlineData(11, null)]
    public async Task Credits_are_free_when_enough_submissions_leave_the_period(int credits, int? hours)
    {
        var budget = new CreditBudget(10, TimeSpan.FromDays(1), _time);
        await SpendAsync(budget, 5, TimeSpan.FromHours(2));
        await SpendAsync(budget, 4, TimeSpan.FromHours(1));

        Assert.Equal(hours is { } count ? TimeSpan.FromHours(count) : null, await budget.GetFreeAfterAsync(credits, Token));
    }

    [Fact]
    public async Task Waiting_does_not_help_without_a_period_or_while_credits_are_reserved()
    {
        var total = new CreditBudget(10, null, _time);
        await SpendAsync(total, 5, TimeSpan.FromHours(1));
        var reserved = new CreditBudget(10, TimeSpan.FromDays(1), _time);
        await SpendAsync(reserved, 2, TimeSpan.FromHours(1));
        await using var reservation = await reserved.TryReserveAsync(8, Token);

        Assert.Equal(TimeSpan.Zero, await total.GetFreeAfterAsync(5, Token));
        Assert.Null(await total.GetFreeAfterAsync(6, Token));
        Assert.Equal(TimeSpan.FromHours(23), await reserved.GetFreeAfterAsync(2, Token));
        Assert.Null(await reserved.GetFreeAfterAsync(3, Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>("credits", () => total.GetFreeAfterAsync(-1, Token).AsTask());
    }

    /// <summary>A ledger of an app that does not implement the method.</summary>
    [Fact]
    public async Task Ledger_that_does_not_know_the_time_returns_null()
    {
        ICreditLedger ledger = new UsageOnly();

        Assert.Null(await new CreditBudget(ledger, new CreditAccount("a", 10, TimeSpan.FromDays(1))).GetFreeAfterAsync(1, Token));
    }

    [Fact]
    public async Task Error_says_the_period_and_when_to_try_again()
    {
        using var simulator = new ImaSimulator(_time) { ProcessingTime = TimeSpan.Zero };
        var budget = new CreditBudget(10, TimeSpan.FromDays(30), _time);
        using var client = TestClients.Create(
            new ImaNanoBananaOptions { ApiKey = "ima_test_key", RequestsPerSecond = null }, simulator, _time, budget: budget);
        await client.SubmitAsync(new ImageRequest("one"), Token);
        _time.Advance(TimeSpan.FromDays(10));

        var error = await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(new ImageRequest("two"), Token));

        Assert.Equal((ImaErrorKind.BudgetExceeded, TimeSpan.FromDays(20)), (error.Kind, error.RetryAfter));
        Assert.Contains("of the budget of 10 credits in 30 days", error.Message, StringComparison.Ordinal);
        Assert.Contains("free again in 20 days", error.Message, StringComparison.Ordinal);
    }

    private async Task SpendAsync(CreditBudget budget, decimal credits, TimeSpan then)
    {
        await using var reservation = (await budget.TryReserveAsync(credits, Token))!;
        await reservation.CommitAsync(Token);
        _time.Advance(then);
    }

    private sealed class UsageOnly : ICreditLedger
    {
        public ValueTask<bool> TryReserveAsync(CreditAccount account, CreditLedgerEntry entry, CancellationToken cancellationToken) =>
            ValueTask.FromResult(false);

        public ValueTask CommitAsync(CreditAccount account, CreditLedgerEntry entry, CancellationToken cancellationToken) =>
            ValueTask.CompletedTask;

        public ValueTask ReleaseAsync(CreditAccount account, CreditLedgerEntry entry, CancellationToken cancellationToken) =>
            ValueTask.CompletedTask;

        public ValueTask<CreditUsage> GetUsageAsync(CreditAccount account, CancellationToken cancellationToken) =>
            ValueTask.FromResult(default(CreditUsage));
    }
}
