using FsCheck.Xunit;

namespace ImaNanoBanana.Tests.Requests;

public class CreditBudgetTests
{
    private readonly TestTimeProvider _time = new();

    [Fact]
    public void Reservation_is_held_until_it_is_committed_or_released()
    {
        var budget = new CreditBudget(20);
        using var spent = budget.TryReserve(6)!;
        using var kept = budget.TryReserve(5)!;
        Assert.Equal((0, 11, 9), (budget.Spent, budget.Reserved, budget.Remaining));

        spent.Commit();
        kept.Dispose();
        spent.Dispose();
        kept.Commit();

        Assert.Equal((6, 0, 14), (budget.Spent, budget.Reserved, budget.Remaining));
        Assert.Null(budget.TryReserve(14.01m));
        Assert.NotNull(budget.TryReserve(14));
        Assert.NotNull(budget.TryReserve(0));
    }

    [Fact]
    public void Reservation_follows_the_price_within_the_budget()
    {
        var budget = new CreditBudget(10);
        using var one = budget.TryReserve(6)!;

        Assert.True(one.TryChange(8));
        Assert.False(one.TryChange(10.01m));
        Assert.Equal((8, 2), (one.Credits, budget.Remaining));
        Assert.True(one.TryChange(5));
        Assert.Equal(5, budget.Remaining);
        one.Commit();
        Assert.False(one.TryChange(1));
        Assert.Equal(5, budget.Spent);
    }

    /// <summary>10 credits in an hour: 6 are spent at 0:00 and 4 at 0:30.</summary>
    [Fact]
    public void Period_is_any_interval_of_its_length()
    {
        var budget = new CreditBudget(10, TimeSpan.FromHours(1), _time);
        Spend(budget, 6);
        _time.Advance(TimeSpan.FromMinutes(30));
        Spend(budget, 4);
        Assert.Equal(0, budget.Remaining);
        _time.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromTicks(1));
        Assert.Null(budget.TryReserve(1));

        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal((4, 6), (budget.Spent, budget.Remaining));
        _time.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal((0, 10), (budget.Spent, budget.Remaining));
    }

    [Fact]
    public void Budget_without_a_period_never_frees_spent_credits()
    {
        var budget = new CreditBudget(10, timeProvider: _time);
        Spend(budget, 10);
        _time.Advance(TimeSpan.FromDays(1000));

        Assert.Equal((10, 0), (budget.Spent, budget.Remaining));
    }

    /// <summary>Whatever is reserved, changed, committed and released: never more than the limit, and the sums are right.</summary>
    [Property]
    public void Sums_agree_whatever_happens((byte Step, byte Credits, byte Which)[] steps)
    {
        var budget = new CreditBudget(500);
        var open = new List<CreditReservation>();
        decimal spent = 0;
        foreach (var (step, credits, which) in steps)
        {
            var reservation = open.Count == 0 ? null : open[which % open.Count];
            switch (step % 4)
            {
                case 0 when budget.TryReserve(credits) is { } added:
                    open.Add(added);
                    break;
                case 1:
                    reservation?.TryChange(credits);
                    break;
                case 2 when reservation is not null:
                    reservation.Commit();
                    spent += reservation.Credits;
                    open.Remove(reservation);
                    break;
                case 3 when reservation is not null:
                    reservation.Dispose();
                    open.Remove(reservation);
                    break;
            }

            var reserved = open.Sum(each => each.Credits);
            Assert.Equal((spent, reserved, 500 - spent - reserved), (budget.Spent, budget.Reserved, budget.Remaining));
        }
    }

    [Fact]
    public async Task Concurrent_calls_never_reserve_more_than_the_budget()
    {
        var budget = new CreditBudget(1000, TimeSpan.FromDays(1), _time);

        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(
            () =>
            {
                var count = 0;
                for (var turn = 0; turn < 1000; turn++)
                {
                    using var reservation = budget.TryReserve(1);
                    if (reservation is not null && (turn + worker) % 2 == 0)
                    {
                        reservation.Commit();
                        count++;
                    }
                }

                return count;
            },
            TestContext.Current.CancellationToken)));

        Assert.Equal((1000, 1000, 0), (taken.Sum(), budget.Spent, budget.Reserved));
    }

    [Fact]
    public void Invalid_arguments_are_reported_by_name()
    {
        Assert.Throws<ArgumentOutOfRangeException>("limit", () => new CreditBudget(-1));
        Assert.Throws<ArgumentOutOfRangeException>("period", () => new CreditBudget(1, TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>("credits", () => new CreditBudget(1).TryReserve(-1));
        using var reservation = new CreditBudget(1).TryReserve(1)!;
        Assert.Throws<ArgumentOutOfRangeException>("credits", () => reservation.TryChange(-1));
    }

    private static void Spend(CreditBudget budget, decimal credits)
    {
        using var reservation = budget.TryReserve(credits)!;
        reservation.Commit();
    }
}
