using ImaNanoBanana.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ImaNanoBanana.AotSmoke;

/// <summary>What several processes share: a ledger, a gate and the right to watch.</summary>
internal static class SharedChecks
{
    public static IEnumerable<Check> All =>
    [
        new("ledger and gate of the app", LedgerAndGateAsync),
        new("ledger in a folder", FolderLedgerAsync),
        new("right to watch", WatchAsync),
        new("PostgreSQL", PostgreSqlAsync),
    ];

    private static async Task LedgerAndGateAsync()
    {
        var (ledger, gate) = (new OneAccount(), new CountingGate());
        var services = new ServiceCollection();
        services.AddImaNanoBanana(options => options.ApiKey = "ima_key_of_the_smoke_checks_0123456789")
            .AddCreditLedger(_ => ledger).AddRequestGate(_ => gate).AddCreditBudget(10).UseSimulator();
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<IImaImageClient>();

        await client.SubmitAsync(new ImageRequest("a puppy"));

        var error = await Expect.ThrowsAsync<ImaException>(() => client.SubmitAsync(new ImageRequest("a kitten")));
        Expect.Equal($"BudgetExceeded 4", $"{error.Kind} {error.AllowedCredits}");
        Expect.Equal($"1 6", $"{gate.Creates} {ledger.Spent}");
        var (shared, entry) = ((ICreditLedger)ledger, new CreditLedgerEntry("id", "order-1", 4));
        var account = new CreditAccount("default", 10);
        Expect.That(await shared.TryReserveAsync(account, entry));
        await shared.ReleaseAsync(account, entry);
        await shared.CommitAsync(account, entry);
        Expect.Equal($"0", $"{(await shared.GetUsageAsync(account)).Remaining}");
        ((IRequestGate)gate).SlowDown(null);
        await ((IRequestGate)gate).WaitAsync(ImaRequestKind.Create);
        Expect.Equal($"2", $"{gate.Creates}");
    }

    private static async Task FolderLedgerAsync()
    {
        using var folder = new TemporaryFolder();
        var services = new ServiceCollection();
        services.AddImaNanoBanana(options => options.ApiKey = "ima_key_of_the_smoke_checks_0123456789")
            .AddFileJournal(folder.Path).AddFileCreditLedger(folder.Path).AddCreditBudget(10, TimeSpan.FromDays(1)).UseSimulator();
        await using var provider = services.BuildServiceProvider();

        await provider.GetRequiredService<IImaImageClient>().SubmitAsync(new ImageRequest("a puppy"));

        var (ledger, account) = (new FileCreditLedger(folder.Path), new CreditAccount("default", 10, TimeSpan.FromDays(1)));
        var entry = new CreditLedgerEntry("id", "order-1", 4);
        Expect.That(await ledger.TryReserveAsync(account, entry));
        Expect.Equal($"6 4 0", $"{await UsageAsync()}");
        Expect.That(!await ledger.TryReserveAsync(account, new CreditLedgerEntry("more", "order-2", 1)));
        await ledger.ReleaseAsync(account, entry);
        await ledger.CommitAsync(account, entry);
        Expect.Equal($"6 0 4", $"{await UsageAsync()}");
        var free = await new CreditBudget(ledger, account).GetFreeAfterAsync(5);
        Expect.That(free > TimeSpan.FromHours(23));
        Expect.That(await ledger.GetFreeAfterAsync(account, 11) is null);
        Expect.That(await ((ICreditLedger)new OneAccount()).GetFreeAfterAsync(account, 10) is null);

        async Task<string> UsageAsync()
        {
            var usage = await ledger.GetUsageAsync(account);
            return FormattableString.Invariant($"{usage.Spent} {usage.Reserved} {usage.Remaining}");
        }
    }

    private static async Task WatchAsync()
    {
        using var folder = new TemporaryFolder();
        ITaskJournal journal = new FileTaskJournal(folder.Path);
        var claim = new TaskJournalEntry("order-1", "hash") { ClaimId = "claim-1" };
        await journal.ClaimAsync(claim);

        Expect.That(await journal.TryWatchAsync(claim, "one", TimeSpan.FromMinutes(1)));
        Expect.That(!await journal.TryWatchAsync(claim, "two", TimeSpan.FromMinutes(1)));
        Expect.That(await journal.TryWatchAsync(claim, "one", TimeSpan.Zero));
        Expect.That(await journal.TryWatchAsync(claim, "two", TimeSpan.FromMinutes(1)));
        Expect.That(new TaskJournalFilter().Selects(claim));
    }

    /// <summary>Without a server: everything is registered and created, and a call fails as it should.</summary>
    private static async Task PostgreSqlAsync()
    {
        const string Nowhere = "Host=127.0.0.1;Port=1;Username=nobody;Database=nothing";
        await using var source = new NpgsqlSlimDataSourceBuilder(Nowhere).Build();
        var services = new ServiceCollection();
        services.AddImaNanoBanana(options => options.ApiKey = "ima_key_of_the_smoke_checks_0123456789")
            .AddPostgreSql(Nowhere, options => options.LongestOutage = TimeSpan.Zero).AddCreditBudget(10).UseSimulator();
        services.AddKeyedImaNanoBanana("tenant-a", options => options.ApiKey = "ima_key_of_the_smoke_checks_0123456789")
            .AddPostgreSql(source).AddPostgreSqlJournal(source).AddPostgreSqlCreditLedger(source).AddPostgreSqlRequestGate(source);
        await using var provider = services.BuildServiceProvider();

        var error = await Expect.ThrowsAsync<ImaException>(
            () => provider.GetRequiredService<IImaImageClient>().SubmitAsync(new ImageRequest("a puppy")));

        // The gate is asked first, for the product list.
        Expect.Equal($"CatalogUnavailable 0", $"{error.Kind} {provider.GetRequiredService<ImaSimulator>().Charges.Count}");
        Expect.That(provider.GetKeyedService<IRequestGate>("tenant-a") is PostgreSqlRequestGate);
        Expect.That(PostgreSqlSchema.CreateScript("images").Contains("\"images\".submissions", StringComparison.Ordinal));
    }

    private sealed class OneAccount : ICreditLedger
    {
        private decimal _reserved;

        public decimal Spent { get; private set; }

        public ValueTask<bool> TryReserveAsync(CreditAccount account, CreditLedgerEntry entry, CancellationToken cancellationToken)
        {
            var isLeft = Spent + _reserved + entry.Credits <= account.Limit;
            _reserved += isLeft ? entry.Credits : 0;
            return ValueTask.FromResult(isLeft);
        }

        public ValueTask CommitAsync(CreditAccount account, CreditLedgerEntry entry, CancellationToken cancellationToken)
        {
            Spent += entry.Credits;
            return ReleaseAsync(account, entry, cancellationToken);
        }

        public ValueTask ReleaseAsync(CreditAccount account, CreditLedgerEntry entry, CancellationToken cancellationToken)
        {
            _reserved = Math.Max(0, _reserved - entry.Credits);
            return ValueTask.CompletedTask;
        }

        public ValueTask<CreditUsage> GetUsageAsync(CreditAccount account, CancellationToken cancellationToken) =>
            ValueTask.FromResult(new CreditUsage(Spent, _reserved, account.Limit - Spent - _reserved));
    }

    private sealed class CountingGate : IRequestGate
    {
        public int Creates { get; private set; }

        public ValueTask WaitAsync(ImaRequestKind kind, CancellationToken cancellationToken)
        {
            Creates += kind == ImaRequestKind.Create ? 1 : 0;
            return ValueTask.CompletedTask;
        }

        public void SlowDown(TimeSpan? retryAfter)
        {
        }
    }
}
