using System.Text.Json.Serialization;
using ImaNanoBanana.Requests.Credits;

namespace ImaNanoBanana.Journal.FileLedger;

/// <summary>
/// Represents the content of an account's file: what is reserved, and what was spent in the longest period that a budget asked for.
/// Immutable; each method that changes something returns the changed content. Pure.
/// </summary>
/// <param name="Version">The version of the format.</param>
/// <param name="Account">The name of the account.</param>
internal sealed record AccountCredits([property: JsonPropertyName("v")] int Version, string Account)
{
    public const int CurrentVersion = 1;

    /// <summary>
    /// The longest time from a reservation to its submission. An older reservation whose process is gone can be settled. Spent
    /// credits are kept singly for this long, so that a repeated call finds them.
    /// </summary>
    public static readonly TimeSpan Stale = TimeSpan.FromMinutes(15);

    public IReadOnlyList<AccountEntry> Entries { get; init; } = [];

    /// <summary>The longest period of a budget so far: what was spent in it is kept singly.</summary>
    public TimeSpan LongestPeriod { get; init; }

    /// <summary>What was spent before; null until a budget without a period uses the account.</summary>
    public decimal? Total { get; init; }

    /// <summary>The time of the last submission in <see cref="Total"/>.</summary>
    public DateTimeOffset TotalAt { get; init; }

    public static AccountCredits Empty(string account) => new(CurrentVersion, account);

    /// <summary>Whether only a ledger can have written this.</summary>
    public bool IsValid() => Version == CurrentVersion && Total is null or >= 0 && LongestPeriod >= TimeSpan.Zero
        && Entries.All(static entry => entry is { Credits: > 0 })
        && Entries.Select(static entry => entry.Id).Distinct(StringComparer.Ordinal).Count() == Entries.Count;

    public AccountEntry? Find(string id) => Entries.FirstOrDefault(entry => entry.Id == id);

    public CreditUsage Usage(CreditAccount account, DateTimeOffset now)
    {
        var reserved = Entries.Where(static entry => entry.IsReserved).Sum(static entry => entry.Credits);
        var spent = Spent(account.Period, now).Sum(static item => item.Credits);
        return new CreditUsage(spent, reserved, Math.Max(0, account.Limit - spent - reserved));
    }

    /// <returns>The time until enough credits are free; null if waiting does not help.</returns>
    public TimeSpan? FreeAfter(CreditAccount account, decimal credits, DateTimeOffset now)
    {
        var usage = Usage(account, now);
        var spent = Spent(account.Period, now).Select(item => (item.Credits, now - item.At));
        return FreeCredits.After(account, credits, usage.Spent + usage.Reserved, spent);
    }

    /// <summary>Reserves the credits of an entry, or changes its reservation.</summary>
    /// <returns>Null if not enough credits remain.</returns>
    public AccountCredits? TryReserve(CreditAccount account, AccountEntry entry)
    {
        var before = Find(entry.Id);
        if (before is { IsReserved: false })
        {
            return this;
        }

        return entry.Credits - (before?.Credits ?? 0) > Usage(account, entry.At).Remaining ? null : With(before, entry);
    }

    /// <summary>Marks a reservation as spent.</summary>
    public AccountCredits Commit(string id, DateTimeOffset at) =>
        Find(id) is { IsReserved: true } entry ? With(entry, new AccountEntry(id, entry.Credits, at)) : this;

    /// <summary>Ends a reservation.</summary>
    public AccountCredits Release(string id) => Find(id) is { IsReserved: true } entry ? With(entry, null) : this;

    /// <summary>Settles the reservation of a process that is gone, unless it was changed.</summary>
    public AccountCredits Settle(SettledReservation settled)
    {
        if (!Entries.Contains(settled.Reservation))
        {
            return this;
        }

        var id = settled.Reservation.Id;
        return settled.SpentAt is { } at ? Commit(id, at) : Release(id);
    }

    /// <summary>Removes what was spent before the period, and adds it to the total if a budget needs the total.</summary>
    public AccountCredits Tidy(TimeSpan? period, DateTimeOffset now)
    {
        var longest = period > LongestPeriod ? period.Value : LongestPeriod;
        var kept = longest > Stale ? longest : Stale;
        var old = Entries.Where(entry => !entry.IsReserved && now - entry.At >= kept).ToList();
        var total = period is null ? Total ?? 0 : Total;
        if (old.Count == 0)
        {
            return this with { LongestPeriod = longest, Total = total };
        }

        return this with
        {
            Entries = [.. Entries.Except(old)],
            LongestPeriod = longest,
            Total = total + old.Sum(static entry => entry.Credits),
            TotalAt = old.Select(static entry => entry.At).Append(TotalAt).Max(),
        };
    }

    private IEnumerable<(decimal Credits, DateTimeOffset At)> Spent(TimeSpan? period, DateTimeOffset now) =>
        Entries.Where(static entry => !entry.IsReserved)
            .Select(static entry => (entry.Credits, entry.At))
            .Append((Credits: Total ?? 0, At: TotalAt))
            .Where(item => period is null || now - item.At < period);

    /// <summary>Replaces an entry. An entry without credits is the same as none.</summary>
    private AccountCredits With(AccountEntry? before, AccountEntry? after) => this with
    {
        Entries =
        [
            .. Entries.Where(entry => entry != before),
            .. after is { Credits: > 0 } ? (AccountEntry[])[after] : [],
        ],
    };
}
