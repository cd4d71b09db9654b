using ImaNanoBanana.PostgreSql.Tests.Database;

namespace ImaNanoBanana.PostgreSql.Tests.Ledger;

/// <summary>
/// Three budgets of one account, with an hour, a day and no period: in any sequence, the ledger counts what a list counts.
/// </summary>
public class MixedPeriodsTests(PostgresServer server) : DatabaseTests(server)
{
    /// <summary>No multiple of it is a period.</summary>
    private const int Step = 7;

    private static readonly CreditAccount[] Accounts =
    [
        new("studio", 30, TimeSpan.FromDays(1)), new("studio", 10, TimeSpan.FromHours(1)), new("studio", 90),
    ];

    private readonly List<(string Id, decimal Credits, int Age)> _spent = [];
    private readonly Dictionary<string, decimal> _reserved = [];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Ledger_counts_what_a_list_counts(int seed)
    {
        var random = new Random(seed);
        var ledger = new PostgreSqlCreditLedger(Source, hasJournal: false);
        foreach (var account in Accounts)
        {
            // From the start, the account has the longest period and keeps a total.
            await ledger.GetUsageAsync(account, Token);
        }

        for (var step = 0; step < 150; step++)
        {
            var account = Accounts[random.Next(Accounts.Length)];
            switch (random.Next(5))
            {
                case 0 or 1:
                    var entry = new CreditLedgerEntry($"{step}", $"order-{step}", random.Next(5));
                    var fits = entry.Credits == 0 || entry.Credits <= Usage(account).Remaining;
                    Assert.Equal((step, fits), (step, await ledger.TryReserveAsync(account, entry, Token)));
                    if (fits)
                    {
                        _reserved[entry.Id] = entry.Credits;
                    }

                    break;
                case 2 when _reserved.Count > 0:
                    await CommitAsync(ledger, account, _reserved.First().Key);
                    break;
                case 3 when _reserved.Count > 0:
                    var released = _reserved.Last().Key;
                    await ledger.ReleaseAsync(account, new CreditLedgerEntry(released, "order-" + released, 0), Token);
                    _reserved.Remove(released);
                    break;
                default:
                    await LetPassAsync(Step * random.Next(1, 40));
                    break;
            }

            foreach (var other in Accounts.OrderBy(_ => random.Next()))
            {
                Assert.Equal((step, Usage(other)), (step, await ledger.GetUsageAsync(other, Token)));
            }
        }
    }

    private CreditUsage Usage(CreditAccount account)
    {
        var spent = _spent.Where(charge => charge.Age < (account.Period?.TotalMinutes ?? int.MaxValue)).Sum(charge => charge.Credits);
        var reserved = _reserved.Values.Sum();
        return new CreditUsage(spent, reserved, Math.Max(0, account.Limit - spent - reserved));
    }

    private async Task CommitAsync(PostgreSqlCreditLedger ledger, CreditAccount account, string id)
    {
        await ledger.CommitAsync(account, new CreditLedgerEntry(id, "order-" + id, 0), Token);
        _reserved.Remove(id, out var credits);
        _spent.Add((id, credits, 0));
    }

    private async Task LetPassAsync(int minutes)
    {
        await using var command = Source.CreateCommand($"update ima_nano_banana.credits set at = at - interval '{minutes} minutes'");
        await command.ExecuteNonQueryAsync(Token);
        for (var index = 0; index < _spent.Count; index++)
        {
            _spent[index] = _spent[index] with { Age = _spent[index].Age + minutes };
        }
    }
}
