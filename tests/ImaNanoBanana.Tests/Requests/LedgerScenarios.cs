namespace ImaNanoBanana.Tests.Requests;

/// <summary>What every ledger must do. Each call gets the ledger anew, as another process would.</summary>
internal static class LedgerScenarios
{
    private static readonly CreditAccount Account = new("studio", 20);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static CreditLedgerEntry Entry(string id, decimal credits) => new(id, "order-" + id, credits);

    public static async Task SpendAsync(ICreditLedger ledger, CreditAccount account, string id, decimal credits)
    {
        Assert.True(await ledger.TryReserveAsync(account, Entry(id, credits), Token));
        await ledger.CommitAsync(account, Entry(id, credits), Token);
    }

    /// <summary>Credits are reserved, changed, spent and released once, however often a call is repeated.</summary>
    public static async Task CountOnceAsync(Func<ICreditLedger> ledger, bool hasPeriod)
    {
        var account = Account with { Period = hasPeriod ? TimeSpan.FromDays(1) : null };
        Assert.True(await ledger().TryReserveAsync(account, Entry("a", 6), Token));
        Assert.True(await ledger().TryReserveAsync(account, Entry("a", 6), Token));
        Assert.True(await ledger().TryReserveAsync(account, Entry("b", 6), Token));
        Assert.False(await ledger().TryReserveAsync(account, Entry("c", 8.01m), Token));
        Assert.True(await ledger().TryReserveAsync(account, Entry("b", 9), Token));
        Assert.False(await ledger().TryReserveAsync(account, Entry("b", 14.01m), Token));
        Assert.Equal(new CreditUsage(0, 15, 5), await ledger().GetUsageAsync(account, Token));

        await ledger().CommitAsync(account, Entry("a", 6), Token);
        await ledger().CommitAsync(account, Entry("a", 6), Token);
        await ledger().ReleaseAsync(account, Entry("a", 6), Token);
        await ledger().ReleaseAsync(account, Entry("b", 9), Token);
        await ledger().ReleaseAsync(account, Entry("b", 9), Token);
        await ledger().CommitAsync(account, Entry("b", 9), Token);
        await ledger().ReleaseAsync(account, Entry("nothing", 1), Token);
        await ledger().CommitAsync(account, Entry("nothing", 1), Token);

        Assert.Equal(new CreditUsage(6, 0, 14), await ledger().GetUsageAsync(account, Token));
    }

    /// <summary>Accounts are counted separately, and the limit is that of the call.</summary>
    public static async Task SeparateAccountsAsync(Func<ICreditLedger> ledger)
    {
        await ledger().TryReserveAsync(Account, Entry("a", 20), Token);

        Assert.True(await ledger().TryReserveAsync(Account with { Name = "other" }, Entry("a", 20), Token));
        Assert.True(await ledger().TryReserveAsync(Account with { Limit = 30 }, Entry("b", 10), Token));
        Assert.False(await ledger().TryReserveAsync(Account, Entry("c", 0.01m), Token));
        Assert.True(await ledger().TryReserveAsync(Account with { Limit = 31 }, Entry("c", 0), Token));
        await ledger().CommitAsync(Account, Entry("c", 0), Token);

        // What needs no more credits is never refused: 30 of 20 are reserved.
        Assert.True(await ledger().TryReserveAsync(Account, Entry("b", 10), Token));
        Assert.True(await ledger().TryReserveAsync(Account, Entry("d", 0), Token));
        Assert.Equal(TimeSpan.Zero, await ledger().GetFreeAfterAsync(Account, 0, Token));
        Assert.Equal(new CreditUsage(0, 30, 1), await ledger().GetUsageAsync(Account with { Limit = 31 }, Token));
    }

    /// <summary>Whatever many callers do at once: the sum is that of the commits, and never more than the limit.</summary>
    public static async Task NeverMoreThanTheLimitAsync(Func<ICreditLedger> create)
    {
        var account = new CreditAccount("studio", 60, TimeSpan.FromDays(1));
        var spent = await Task.WhenAll(Enumerable.Range(0, 8).Select(async worker =>
        {
            var (ledger, count) = (create(), 0);
            for (var turn = 0; turn < 15; turn++)
            {
                var entry = Entry($"{worker}-{turn}", 1 + (turn % 3));
                if (!await ledger.TryReserveAsync(account, entry, Token))
                {
                    continue;
                }

                if ((turn + worker) % 3 == 0)
                {
                    await ledger.ReleaseAsync(account, entry, Token);
                }
                else
                {
                    await ledger.CommitAsync(account, entry, Token);
                    count += (int)entry.Credits;
                }
            }

            return count;
        }));

        Assert.Equal(new CreditUsage(spent.Sum(), 0, 60 - spent.Sum()), await create().GetUsageAsync(account, Token));
        Assert.InRange(spent.Sum(), 57, 60);
    }

    /// <summary>Budgets with different periods count in one account, and none makes another one forget.</summary>
    /// <param name="create">Returns the ledger.</param>
    /// <param name="letPass">Lets time pass for what is spent.</param>
    public static async Task DifferentPeriodsAsync(Func<ICreditLedger> create, Func<TimeSpan, Task> letPass)
    {
        var hour = Account with { Limit = 10, Period = TimeSpan.FromHours(1) };
        var day = Account with { Limit = 20, Period = TimeSpan.FromDays(1) };
        await SpendAsync(create(), day, "a", 8);
        await letPass(TimeSpan.FromHours(2));

        // The usage of the hour is read first: what it does not count still belongs to the day.
        Assert.Equal(new CreditUsage(0, 0, 10), await create().GetUsageAsync(hour, Token));
        Assert.Equal(new CreditUsage(8, 0, 12), await create().GetUsageAsync(day, Token));
        await SpendAsync(create(), hour, "b", 10);
        Assert.Equal(new CreditUsage(10, 0, 0), await create().GetUsageAsync(hour, Token));
        Assert.Equal(new CreditUsage(18, 0, 2), await create().GetUsageAsync(day, Token));
        Assert.False(await create().TryReserveAsync(day, Entry("c", 3), Token));
        Assert.False(await create().TryReserveAsync(hour, Entry("c", 1), Token));
        await AssertFreeAsync(create(), hour, 1, hours: 1);
        await AssertFreeAsync(create(), day, 3, hours: 22);

        await letPass(TimeSpan.FromHours(22));
        Assert.Equal(new CreditUsage(0, 0, 10), await create().GetUsageAsync(hour, Token));
        Assert.Equal(new CreditUsage(10, 0, 10), await create().GetUsageAsync(day, Token));
    }

    /// <summary>A budget without a period counts everything, also if another budget of the account has a period.</summary>
    /// <param name="create">Returns the ledger.</param>
    /// <param name="letPass">Lets time pass for what is spent.</param>
    public static async Task TotalAsync(Func<ICreditLedger> create, Func<TimeSpan, Task> letPass)
    {
        var hourly = Account with { Limit = 10, Period = TimeSpan.FromHours(1) };
        await SpendAsync(create(), Account, "a", 6);
        await SpendAsync(create(), hourly, "b", 4);
        Assert.False(await create().TryReserveAsync(hourly, Entry("c", 1), Token));
        await AssertFreeAsync(create(), hourly, 10, hours: 1);

        await letPass(TimeSpan.FromHours(1));
        await SpendAsync(create(), hourly, "c", 10);

        Assert.Equal(new CreditUsage(20, 0, 0), await create().GetUsageAsync(Account, Token));
        Assert.Equal(new CreditUsage(10, 0, 0), await create().GetUsageAsync(hourly, Token));
        Assert.False(await create().TryReserveAsync(Account, Entry("d", 1), Token));
        await letPass(TimeSpan.FromHours(1));
        Assert.Equal(new CreditUsage(0, 0, 10), await create().GetUsageAsync(hourly, Token));
        Assert.Equal(new CreditUsage(20, 0, 0), await create().GetUsageAsync(Account, Token));
    }

    /// <summary>A budget gets a period only later: what was spent before counts until it is older than the period.</summary>
    /// <param name="create">Returns the ledger.</param>
    /// <param name="letPass">Lets time pass for what is spent.</param>
    public static async Task LaterPeriodAsync(Func<ICreditLedger> create, Func<TimeSpan, Task> letPass)
    {
        var hourly = Account with { Limit = 10, Period = TimeSpan.FromHours(1) };
        await SpendAsync(create(), Account, "a", 6);
        await letPass(TimeSpan.FromMinutes(20));
        await SpendAsync(create(), Account, "b", 1);

        Assert.Equal(new CreditUsage(7, 0, 3), await create().GetUsageAsync(hourly, Token));
        await letPass(TimeSpan.FromMinutes(60));
        Assert.Equal(new CreditUsage(0, 0, 10), await create().GetUsageAsync(hourly, Token));
        Assert.Equal(new CreditUsage(7, 0, 13), await create().GetUsageAsync(Account, Token));
    }

    /// <summary>The call whose answer was lost is repeated after the commit.</summary>
    public static async Task RepeatedAfterCommitAsync(Func<ICreditLedger> create, bool hasPeriod)
    {
        var account = Account with { Period = hasPeriod ? TimeSpan.FromDays(1) : null };
        await SpendAsync(create(), account, "a", 6);

        Assert.True(await create().TryReserveAsync(account, Entry("a", 9), Token));
        await create().ReleaseAsync(account, Entry("a", 9), Token);

        Assert.Equal(new CreditUsage(6, 0, 14), await create().GetUsageAsync(account, Token));
    }

    /// <summary>5 credits were spent 3 h ago and 4 credits 1 h ago, of 10 in 24 h; then 1 credit is reserved.</summary>
    /// <param name="create">Returns the ledger.</param>
    /// <param name="letPass">Lets time pass for what is spent.</param>
    public static async Task FreeAfterAsync(Func<ICreditLedger> create, Func<TimeSpan, Task> letPass)
    {
        var account = new CreditAccount("studio", 10, TimeSpan.FromDays(1));
        Assert.Equal(TimeSpan.Zero, await create().GetFreeAfterAsync(account, 10, Token));
        await SpendAsync(create(), account, "a", 5);
        await letPass(TimeSpan.FromHours(2));
        await SpendAsync(create(), account, "b", 4);
        await letPass(TimeSpan.FromHours(1));

        await AssertHoursAsync(1, 0);
        await AssertHoursAsync(2, 21);
        await AssertHoursAsync(6, 21);
        await AssertHoursAsync(7, 23);
        await AssertHoursAsync(10, 23);
        Assert.Null(await create().GetFreeAfterAsync(account, 11, Token));
        Assert.Null(await create().GetFreeAfterAsync(account with { Period = null }, 2, Token));
        await create().TryReserveAsync(account, Entry("c", 1), Token);
        await AssertHoursAsync(9, 23);
        Assert.Null(await create().GetFreeAfterAsync(account, 10, Token));

        Task AssertHoursAsync(decimal credits, double hours) => AssertFreeAsync(create(), account, credits, hours);
    }

    private static async Task AssertFreeAsync(ICreditLedger ledger, CreditAccount account, decimal credits, double hours)
    {
        var free = await ledger.GetFreeAfterAsync(account, credits, Token);

        // The test itself takes a moment of real time.
        Assert.NotNull(free);
        Assert.InRange(free.Value, TimeSpan.FromHours(Math.Max(0, hours - 0.9)), TimeSpan.FromHours(hours));
    }
}
