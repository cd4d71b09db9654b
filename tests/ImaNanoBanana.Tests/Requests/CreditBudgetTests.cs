using FsCheck.Xunit;

namespace ImaNanoBanana.Tests.Requests;

public class CreditBudgetTests
{
    private readonly TestTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reservation_is_held_until_it_is_committed_or_released()
    {
        var budget = new CreditBudget(20);
        await using var spent = (await budget.TryReserveAsync(6, Token))!;
        await using var kept = (await budget.TryReserveAsync(5, Token))!;
        Assert.Equal((0, 11, 9), (budget.Usage.Spent, budget.Usage.Reserved, budget.Usage.Remaining));

        await spent.CommitAsync(Token);
        await kept.DisposeAsync();
        await spent.DisposeAsync();
        await kept.CommitAsync(Token);

        Assert.Equal((6, 0, 14), (budget.Usage.Spent, budget.Usage.Reserved, budget.Usage.Remaining));
        Assert.Null(await budget.TryReserveAsync(14.01m, Token));
        Assert.NotNull(await budget.TryReserveAsync(14, Token));
        Assert.NotNull(await budget.TryReserveAsync(0, Token));
    }

    [Fact]
    public async Task Reservation_follows_the_price_within_the_budget()
    {
        var budget = new CreditBudget(10);
        await using var one = (await budget.TryReserveAsync(6, Token))!;

        Assert.True(await one.TryChangeAsync(8, Token));
        Assert.False(await one.TryChangeAsync(10.01m, Token));
        Assert.Equal((8, 2), (one.Credits, budget.Usage.Remaining));
        Assert.True(await one.TryChangeAsync(5, Token));
        Assert.Equal(5, budget.Usage.Remaining);
        await one.CommitAsync(Token);
        Assert.False(await one.TryChangeAsync(1, Token));
        Assert.Equal(5, budget.Usage.Spent);
    }

    /// <summary>10 credits in an hour: 6 are spent at 0:00 and 4 at 0:30.</summary>
    [Fact]
    public async Task Period_is_any_interval_of_its_length()
    {
        var budget = new CreditBudget(10, TimeSpan.FromHours(1), _time);
        await SpendAsync(budget, 6);
        _time.Advance(TimeSpan.FromMinutes(30));
        await SpendAsync(budget, 4);
        Assert.Equal(0, budget.Usage.Remaining);
        _time.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromTicks(1));
        Assert.Null(await budget.TryReserveAsync(1, Token));

        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal((4, 6), (budget.Usage.Spent, budget.Usage.Remaining));
        _time.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal((0, 10), (budget.Usage.Spent, budget.Usage.Remaining));
    }

    [Fact]
    public async Task Budget_without_a_period_never_frees_spent_credits()
    {
        var budget = new CreditBudget(10, timeProvider: _time);
        await SpendAsync(budget, 10);
        _time.Advance(TimeSpan.FromDays(1000));

        Assert.Equal((10, 0), (budget.Usage.Spent, budget.Usage.Remaining));
    }

    /// <summary>Whatever is reserved, changed, committed and released: never more than the limit, and the sums are right.</summary>
    [Property]
    public async Task Sums_agree_whatever_happens((byte Step, byte Credits, byte Which)[] steps)
    {
        var budget = new CreditBudget(500);
        var open = new List<CreditReservation>();
        decimal spent = 0;
        foreach (var (step, credits, which) in steps)
        {
            var reservation = open.Count == 0 ? null : open[which % open.Count];
            switch (step % 4)
            {
                case 0 when await budget.TryReserveAsync(credits, Token) is { } added:
                    open.Add(added);
                    break;
                case 1:
                    _ = reservation is not null && await reservation.TryChangeAsync(credits, Token);
                    break;
                case 2 when reservation is not null:
                    await reservation.CommitAsync(Token);
                    spent += reservation.Credits;
                    open.Remove(reservation);
                    break;
                case 3 when reservation is not null:
                    await reservation.DisposeAsync();
                    open.Remove(reservation);
                    break;
            }

            var reserved = open.Sum(each => each.Credits);
            Assert.Equal((spent, reserved, 500 - spent - reserved), (budget.Usage.Spent, budget.Usage.Reserved, budget.Usage.Remaining));
        }
    }

    [Fact]
    public async Task Concurrent_calls_never_reserve_more_than_the_budget()
    {
        var budget = new CreditBudget(1000, TimeSpan.FromDays(1), _time);

        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(
            async () =>
            {
                var count = 0;
                for (var turn = 0; turn < 1000; turn++)
                {
                    await using var reservation = await budget.TryReserveAsync(1, Token);
                    if (reservation is not null && (turn + worker) % 2 == 0)
                    {
                        await reservation.CommitAsync(Token);
                        count++;
                    }
                }

                return count;
            },
            TestContext.Current.CancellationToken)));

        Assert.Equal((1000, 1000, 0), (taken.Sum(), budget.Usage.Spent, budget.Usage.Reserved));
    }

    [Fact]
    public async Task Invalid_arguments_are_reported_by_name()
    {
        Assert.Throws<ArgumentOutOfRangeException>("limit", () => new CreditBudget(-1));
        Assert.Throws<ArgumentOutOfRangeException>("period", () => new CreditBudget(1, TimeSpan.Zero));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>("credits", () => new CreditBudget(1).TryReserveAsync(-1, Token).AsTask());
        await using var reservation = (await new CreditBudget(1).TryReserveAsync(1, Token))!;
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>("credits", () => reservation.TryChangeAsync(-1, Token).AsTask());
    }

    private static async Task SpendAsync(CreditBudget budget, decimal credits)
    {
        await using var reservation = (await budget.TryReserveAsync(credits, Token))!;
        await reservation.CommitAsync(Token);
    }
}
