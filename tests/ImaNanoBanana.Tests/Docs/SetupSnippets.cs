using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ImaNanoBanana.Tests.Docs;

/// <summary>The C# of docs/setup.md, compiled and run. Needs an environment without a key.</summary>
[SuppressMessage("Design", "CA1034", Justification = "Shown as an app's own class would be written.")]
public sealed class SetupSnippets
{
    [Fact]
    public async Task One_client_is_registered_either_way()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("ImaNanoBanana:ApiKey", "ima_section")]).Build();
        foreach (
            var register in new Action<IServiceCollection>[]
            {
                services => Register(services, "ima_key"),
                services => Register(services, configuration)
            })
        {
            var services = new ServiceCollection();
            register(services);
            await using var provider = services.BuildServiceProvider();
            Assert.NotNull(provider.GetRequiredService<IImaImageClient>());
        }
    }

    [Fact]
    public async Task Tenant_generates_with_its_own_client()
    {
        var services = new ServiceCollection();
        RegisterTenants(services, "ima_a", new ConfigurationBuilder().AddInMemoryCollection([new("TenantB:ApiKey", "ima_b")]).Build());
        services.AddKeyedImaNanoBanana("tenant-a", _ => { }).UseSimulator(new ImaSimulator { ProcessingTime = TimeSpan.Zero });
        await using var provider = services.AddSingleton<TenantPage>().BuildServiceProvider();

        Assert.Single((await provider.GetRequiredService<TenantPage>().DrawAsync("a puppy")).Images);
        Assert.NotNull(provider.GetRequiredKeyedService<IImaImageClient>("tenant-b"));
    }

    [Fact]
    public async Task Newer_model_is_allowed()
    {
        using var simulator = new ImaSimulator();
        simulator.AddModel(SimulatedModel.Newer);
        var services = new ServiceCollection();
        RegisterNewer(services);
        services.AddImaNanoBanana().UseSimulator(simulator);
        await using var provider = services.BuildServiceProvider();

        var quote = await provider.GetRequiredService<IImaImageClient>().QuoteAsync(
            new ImageRequest("a puppy") { Model = new ImageModel("gemini-nano-banana-2.1") }, TestContext.Current.CancellationToken);

        Assert.Equal(8, quote.Credits);
    }

    [Fact]
    public async Task Additions_are_used()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var services = new ServiceCollection();
            Register(services, folder);
            services.AddImaNanoBanana().UseSimulator();
            await using var provider = services.BuildServiceProvider();
            await provider.GetRequiredService<IImaImageClient>().SubmitAsync(
                new ImageRequest("a puppy"), TestContext.Current.CancellationToken);

            Assert.Single(folder.GetFiles());
            Assert.Equal(494, provider.GetRequiredService<CreditBudget>().Usage.Remaining);
        }
        finally
        {
            TestFolder.Delete(folder);
        }
    }

    [Fact]
    public async Task Budget_rejects_the_third_submission()
    {
        using var simulator = new ImaSimulator();
        await using var provider = new ServiceCollection().AddImaNanoBanana().UseSimulator(simulator).Services.BuildServiceProvider();

        await SpendAsync(provider.GetRequiredService<IImaImageClient>(), TestContext.Current.CancellationToken);

        Assert.Equal(2, simulator.Charges.Count);
    }

    [Fact]
    public async Task Health_check_answers()
    {
        var services = new ServiceCollection().AddLogging();
        services.AddImaNanoBanana().UseSimulator();
        RegisterHealthCheck(services);
        await using var provider = services.BuildServiceProvider();

        var report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HealthStatus.Healthy, report.Status);
    }

    private static void Register(IServiceCollection services, string key)
    {
        // >>>
        services.AddImaNanoBanana(options =>
        {
            options.ApiKey = key;
            options.MaxCredits = 20;
        });
        // <<<
    }

    private static void Register(IServiceCollection services, IConfiguration configuration)
    {
        // >>>
        services.AddImaNanoBanana(configuration.GetSection("ImaNanoBanana"));
        // <<<
    }

    private static void RegisterTenants(IServiceCollection services, string keyOfA, IConfiguration configuration)
    {
        // >>>
        services.AddKeyedImaNanoBanana("tenant-a", options => options.ApiKey = keyOfA);
        services.AddKeyedImaNanoBanana("tenant-b", configuration.GetSection("TenantB"));
        // <<<
    }

    // >>>
    public sealed class TenantPage([FromKeyedServices("tenant-a")] IImaImageClient client)
    {
        public Task<ImageResult> DrawAsync(string prompt) => client.GenerateAsync(new ImageRequest(prompt));
    }
    // <<<

    private static void Register(IServiceCollection services, DirectoryInfo directory)
    {
        var folder = directory.FullName;
        // >>>
        services.AddImaNanoBanana()
            .AddFileJournal(folder)
            .AddCreditBudget(500, TimeSpan.FromDays(1))
            .ConfigureHttpClients(http => http.AddHttpMessageHandler(() => new TimingHandler()));
        // <<<
    }

    private static void RegisterNewer(IServiceCollection services)
    {
        // >>>
        services.AddImaNanoBanana(options => options.AdditionalModels.Add("gemini-nano-banana-2.1"));
        // <<<
    }

    private static void RegisterHealthCheck(IServiceCollection services)
    {
        // >>>
        services.AddHealthChecks().AddImaNanoBanana();
        // <<<
    }

    private static async Task SpendAsync(IImaImageClient client, CancellationToken cancellationToken)
    {
        // >>>
        var budget = new CreditBudget(25);
        var request = new ImageRequest("a cute puppy on grass") { Model = ImageModel.NanoBananaPro, Budget = budget };
        await client.SubmitAsync(request, cancellationToken);
        await client.SubmitAsync(request, cancellationToken);
        try
        {
            await client.SubmitAsync(request, cancellationToken);
        }
        catch (ImaException exception) when (exception.Kind == ImaErrorKind.BudgetExceeded)
        {
            Console.WriteLine(exception.Message);
        }
        // <<<
    }

    private static void RegisterLedger(IServiceCollection services, DirectoryInfo directory)
    {
        var folder = directory.FullName;
        // >>>
        services.AddImaNanoBanana()
            .AddFileJournal(folder)
            .AddFileCreditLedger(folder)
            .AddCreditBudget(500, TimeSpan.FromDays(1));
        // <<<
    }

    private static CreditBudget CreateBudget(DirectoryInfo directory)
    {
        var folder = directory.FullName;
        // >>>
        var journal = new FileTaskJournal(folder);
        var ledger = new FileCreditLedger(folder, journal);
        var budget = new CreditBudget(ledger, new CreditAccount("studio", 500, TimeSpan.FromDays(1)));
        // <<<
        return budget;
    }

    private sealed class TimingHandler : DelegatingHandler;
}
