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
    [InlineData(1, 21)]
    [InlineData(6, 21)]
    [InlineData(7, 23)]
    [InlineData(10, 23)]
    [InlineData(11, null)]
    public async Task Credits_are_free_when_enough_submissions_leave_the_period(int credits, int? hours)
    {
        var budget = new CreditBudget(10, TimeSpan.FromDays(1), _time);
        await SpendAsync(budget, 5, TimeSpan.FromHours(2));
        await SpendAsync(budget, 4, TimeSpan.FromHours(1));

        Assert.Equal(hours is { } count ? TimeSpan.FromHours(count) : null, budget.FreeAfter(credits));
        Assert.Null(new CreditBudget(10, null, _time).FreeAfter(credits));
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
}
