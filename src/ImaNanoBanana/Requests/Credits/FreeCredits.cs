namespace ImaNanoBanana.Requests.Credits;

/// <summary>Determines when spent credits leave the period of a budget. Pure.</summary>
internal static class FreeCredits
{
    /// <param name="account">The limit and its period.</param>
    /// <param name="credits">The credits that should be free.</param>
    /// <param name="taken">The credits that are spent or reserved now.</param>
    /// <param name="spent">What was spent in the period, and how long ago.</param>
    /// <returns>The time until enough credits are free, if nothing else is spent; null if waiting does not help.</returns>
    public static TimeSpan? After(CreditAccount account, decimal credits, decimal taken, IEnumerable<(decimal Credits, TimeSpan Age)> spent)
    {
        var missing = credits - (account.Limit - taken);
        if (missing <= 0 || credits == 0)
        {
            return TimeSpan.Zero;
        }

        if (account.Period is not { } period || credits > account.Limit)
        {
            return null;
        }

        foreach (var (leaving, age) in spent.OrderByDescending(static item => item.Age))
        {
            missing -= leaving;
            if (missing <= 0)
            {
                return period - age;
            }
        }

        return null;
    }
}
