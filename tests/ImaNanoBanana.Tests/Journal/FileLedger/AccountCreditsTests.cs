using FsCheck.Xunit;
using ImaNanoBanana.Journal.FileLedger;

namespace ImaNanoBanana.Tests.Journal.FileLedger;

/// <summary>The content of an account's file, against a list of everything that ever happened.</summary>
public class AccountCreditsTests
{
    private static readonly DateTimeOffset Start = new(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly CreditAccount[] Budgets =
    [
        new("studio", 900),
        new("studio", 300, TimeSpan.FromHours(1)),
        new("studio", 500, TimeSpan.FromDays(1)),
    ];

    /// <summary>
    /// Three budgets of one account, with and without a period. Whatever happens, each counts what its period contains, and nothing is
    /// reserved beyond its limit. What no budget needs leaves the file.
    /// </summary>
    [Property(MaxTest = 300)]
    public void Sums_agree_whatever_happens((byte Step, byte Credits, byte Which, byte Minutes)[] steps)
    {
        var all = new List<Happened>();
        var now = Start;
        var file = AccountCredits.Empty("studio").Tidy(null, now).Tidy(TimeSpan.FromDays(1), now);
        foreach (var ((step, credits, which, minutes), number) in steps.Select((step, number) => (step, number)))
        {
            now += TimeSpan.FromMinutes(minutes);
            var budget = Budgets[which % Budgets.Length];
            var open = all.FirstOrDefault(each => each.SpentAt is null);
            file = file.Tidy(budget.Period, now);
            switch (step % 4)
            {
                case 0 or 1:
                    var id = step % 8 == 0 && open is not null ? open.Id : $"{number}";
                    var before = all.Find(each => each.Id == id);
                    var usage = Expected(all, budget, now);
                    var isRoom = credits - (before?.Credits ?? 0) <= usage.Remaining;
                    var after = file.TryReserve(
                        budget, new AccountEntry(id, credits, now) { Holder = "holder", IdempotencyKey = "key" });
                    Assert.Equal(isRoom, after is not null);
                    file = after ?? file;
                    _ = isRoom && all.RemoveAll(each => each.Id == id) >= 0;
                    all.AddRange(isRoom ? [new Happened(id, credits, null)] : []);
                    break;
                case 2 when open is not null:
                    file = file.Commit(open.Id, now).Commit(open.Id, now).Release(open.Id);
                    all.Remove(open);
                    all.Add(open with { SpentAt = now });
                    break;
                case 3 when open is not null:
                    file = file.Release(open.Id).Release(open.Id).Commit(open.Id, now);
                    all.Remove(open);
                    break;
            }

            Assert.All(Budgets, each => Assert.Equal(Expected(all, each, now), file.Usage(each, now)));
            Assert.All(Budgets, each => AssertFree(file, each, credits, now));
            Assert.True(file.IsValid());
            var kept = file.Tidy(null, now).Entries.Where(entry => !entry.IsReserved);
            Assert.All(kept, entry => Assert.True(now - entry.At < TimeSpan.FromDays(1)));
        }
    }

    /// <summary>A file with other content was written by another program or is damaged.</summary>
    [Theory]
    [InlineData(1, 6, 0, 0, true)]
    [InlineData(1, 0.01, 0, 0, true)]
    [InlineData(1, 0, 0, 0, false)]
    [InlineData(1, -1, 0, 0, false)]
    [InlineData(1, 6, -0.01, 0, false)]
    [InlineData(1, 6, 0, -1, false)]
    [InlineData(2, 6, 0, 0, false)]
    public void Only_what_a_ledger_can_have_written_is_valid(int version, double credits, double total, int period, bool isValid)
    {
        var file = new AccountCredits(version, "studio")
        {
            Entries = [new AccountEntry("a", (decimal)credits, Start)],
            Total = (decimal)total,
            LongestPeriod = TimeSpan.FromTicks(period),
        };

        Assert.Equal(isValid, file.IsValid());
    }

    /// <summary>The ledger asks the journal without the lock, so the reservation may have changed in the meantime.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Reservation_that_was_changed_is_not_settled(bool isSpent)
    {
        var budget = Budgets[2];
        var reserved = new AccountEntry("a", 18, Start) { Holder = "gone" };
        var file = AccountCredits.Empty("studio").TryReserve(budget, reserved)!;
        DateTimeOffset? spentAt = isSpent ? Start : null;

        Assert.Equal(
            isSpent ? new CreditUsage(18, 0, 482) : new CreditUsage(0, 0, 500),
            file.Settle(new SettledReservation(reserved, spentAt)).Usage(budget, Start));
        Assert.Equal(
            new CreditUsage(0, 18, 482),
            file.Settle(new SettledReservation(reserved with { Holder = "another" }, spentAt)).Usage(budget, Start));
    }

    /// <summary>A budget with a long period must not lose what was added to the total before it was used.</summary>
    [Fact]
    public void Total_has_the_time_of_its_last_submission()
    {
        var (early, late) = (Start, Start.AddHours(1));
        var file = AccountCredits.Empty("studio").Tidy(null, Start) with
        {
            Entries = [new AccountEntry("a", 5, early), new AccountEntry("b", 6, late)],
        };

        var tidied = file.Tidy(null, Start.AddDays(1));
        Assert.Equal((11, late, 0), (tidied.Total, tidied.TotalAt, tidied.Entries.Count));

        var again = (tidied with { Entries = [new AccountEntry("c", 7, early)] }).Tidy(null, Start.AddDays(2));
        Assert.Equal((18, late), (again.Total, again.TotalAt));
        Assert.Equal(18, again.Usage(new CreditAccount("studio", 100, TimeSpan.FromDays(2)), late.AddDays(2).AddTicks(-1)).Spent);
        Assert.Equal(0, again.Usage(new CreditAccount("studio", 100, TimeSpan.FromDays(2)), late.AddDays(2)).Spent);
    }

    /// <summary>If nothing else happens, the credits are free at the given time, and not a moment before.</summary>
    private static void AssertFree(AccountCredits file, CreditAccount budget, decimal credits, DateTimeOffset now)
    {
        var remaining = file.Usage(budget, now).Remaining;
        var free = file.FreeAfter(budget, credits, now);
        Assert.Equal(credits <= remaining, free == TimeSpan.Zero);
        if (free > TimeSpan.Zero)
        {
            Assert.True(file.Usage(budget, now + free.Value).Remaining >= credits);
            Assert.True(file.Usage(budget, now + free.Value - TimeSpan.FromTicks(1)).Remaining < credits);
        }
    }

    private static CreditUsage Expected(List<Happened> all, CreditAccount budget, DateTimeOffset now)
    {
        var spent = all.Where(each => each.SpentAt is { } at && (budget.Period is null || now - at < budget.Period))
            .Sum(each => each.Credits);
        var reserved = all.Where(each => each.SpentAt is null).Sum(each => each.Credits);
        return new CreditUsage(spent, reserved, Math.Max(0, budget.Limit - spent - reserved));
    }

    private sealed record Happened(string Id, decimal Credits, DateTimeOffset? SpentAt);
}
