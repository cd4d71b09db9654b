using ImaNanoBanana.Tests.Client;
using ImaNanoBanana.Tests.Journal.FileLedger;
using ImaNanoBanana.Tests.Submitting;
using Microsoft.Extensions.DependencyInjection;

namespace ImaNanoBanana.Tests.DependencyInjection;

/// <summary>Ledgers and gates are services of their registration, unnamed or keyed.</summary>
public sealed class SharedServicesTests : IDisposable
{
    private static readonly ImageRequest Request = new("a puppy");

    private readonly ScriptedHandler _handler = new();
    private readonly TestTimeProvider _time = new();
    private readonly SpyLedger _ledger;
    private readonly SpyGate _gate = new();

    public SharedServicesTests() => _ledger = new SpyLedger(_time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _handler.Dispose();

    /// <summary>The name of the registration, and that of the account in the ledger.</summary>
    [Theory]
    [InlineData("", "default")]
    [InlineData("tenant-a", "tenant-a")]
    public async Task Ledger_and_gate_serve_the_client_of_their_registration(string name, string account)
    {
        var services = new ServiceCollection().AddSingleton<TimeProvider>(_time);
        Add(services, name).AddCreditBudget(20, TimeSpan.FromDays(1)).AddRequestGate(_ => _gate).AddCreditLedger(_ => _ledger);
        await using var provider = services.BuildServiceProvider();

        await Service<IImaImageClient>(provider, name).SubmitAsync(Request, Token);

        Assert.Equal(["reserve", "commit"], _ledger.Methods);
        Assert.All(_ledger.Calls, call => Assert.Equal(new CreditAccount(account, 20, TimeSpan.FromDays(1)), call.Account));
        Assert.Equal([ImaRequestKind.Read, ImaRequestKind.Create], _gate.Waits);
        Assert.Same(_ledger, Service<ICreditLedger>(provider, name));
        Assert.Same(_gate, Service<IRequestGate>(provider, name));
        Assert.Equal(14, (await Service<CreditBudget>(provider, name).GetUsageAsync(Token)).Remaining);
    }

    [Fact]
    public async Task Client_does_not_use_the_ledger_and_the_gate_of_another_registration()
    {
        var services = new ServiceCollection().AddSingleton<TimeProvider>(_time);
        Add(services, "").AddCreditBudget(20);
        Add(services, "tenant-a").AddCreditBudget(20).AddCreditLedger(_ => _ledger).AddRequestGate(_ => _gate);
        Add(services, "tenant-b").AddCreditBudget(20);
        await using var provider = services.BuildServiceProvider();

        await Service<IImaImageClient>(provider, "").SubmitAsync(Request, Token);
        await Service<IImaImageClient>(provider, "tenant-b").SubmitAsync(Request, Token);

        Assert.Empty(_ledger.Calls);
        Assert.Empty(_gate.Waits);
        Assert.Equal(14, (await Service<CreditBudget>(provider, "").GetUsageAsync(Token)).Remaining);
    }

    /// <summary>Two containers stand for two processes. The journal decides about the reservation that the first one left.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("tenant-a")]
    public async Task Ledger_in_a_folder_survives_its_process_and_uses_the_journal_of_its_registration(string name)
    {
        using var folder = new TestFolder();
        var account = new CreditAccount(name.Length == 0 ? "default" : name, 20);
        await using (var first = Provider())
        {
            await Service<IImaImageClient>(first, name).SubmitAsync(Request, Token);
            await Service<ICreditLedger>(first, name).TryReserveAsync(account, new CreditLedgerEntry("gone", "order-gone", 10), Token);
        }

        OlderAccount.EndHolders(folder.Path);
        OlderAccount.LetPass(folder.Path, account.Name, TimeSpan.FromHours(1));
        await using var second = Provider();
        Assert.Equal(new CreditUsage(6, 10, 4), await Service<CreditBudget>(second, name).GetUsageAsync(Token));

        await Service<IImaImageClient>(second, name).SubmitAsync(Request, Token);

        Assert.Equal(new CreditUsage(12, 0, 8), await Service<CreditBudget>(second, name).GetUsageAsync(Token));

        ServiceProvider Provider()
        {
            var services = new ServiceCollection();
            Add(services, name).AddFileCreditLedger(folder.Path).AddFileJournal(folder.Path).AddCreditBudget(20);
            return services.BuildServiceProvider();
        }
    }

    [Fact]
    public void Arguments_of_a_ledger_in_a_folder_are_checked()
    {
        var builder = Add(new ServiceCollection(), "");

        Assert.Throws<ArgumentException>("folder", () => builder.AddFileCreditLedger(" "));
        Assert.Throws<ArgumentNullException>("builder", () => ((IImaNanoBananaBuilder)null!).AddFileCreditLedger("folder"));
    }

    [Fact]
    public async Task Ledger_without_a_budget_counts_nothing()
    {
        var services = new ServiceCollection().AddSingleton<TimeProvider>(_time);
        Add(services, "").AddCreditLedger(_ => _ledger);
        await using var provider = services.BuildServiceProvider();

        await Service<IImaImageClient>(provider, "").SubmitAsync(Request, Token);

        Assert.Empty(_ledger.Calls);
    }

    private static T Service<T>(IServiceProvider provider, string name)
        where T : notnull => name.Length == 0 ? provider.GetRequiredService<T>() : provider.GetRequiredKeyedService<T>(name);

    private IImaNanoBananaBuilder Add(IServiceCollection services, string name) => (name.Length == 0
            ? services.AddImaNanoBanana(options => options.ApiKey = "ima_test_key")
            : services.AddKeyedImaNanoBanana(name, options => options.ApiKey = "ima_test_key"))
        .ConfigureHttpClients(http => http.ConfigurePrimaryHttpMessageHandler(() => _handler));
}
