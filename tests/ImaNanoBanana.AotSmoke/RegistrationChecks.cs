using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace ImaNanoBanana.AotSmoke;

internal static class RegistrationChecks
{
    private static readonly IConfiguration Configuration = new ConfigurationBuilder().AddInMemoryCollection(
    [
        new("Images:ApiKey", "ima_section_key"),
        new("Images:MaxCredits", "5"),
        new("Images:WatchTimeout", "00:20:00"),
        new("Images:RetryReads", "false"),
        new("Images:Language", "zh"),
        new("Images:StorageHosts:0", "storage.example"),
        new("Misspelt:ApiKye", "ima_section_key"),
        new("Misspelt:Budget:Credit", "10"),
        new("Parts:Budget:Credits", "10"),
        new("Parts:Budget:Period", "1.00:00:00"),
        new("Parts:OfTheApp", "allowed"),
    ]).Build();

    public static IEnumerable<Check> All =>
    [
        new("registration with options, journal, budget and handler", OptionsAsync),
        new("registration from a section", SectionAsync),
        new("unknown key of a section", UnknownKeyAsync),
        new("keyed registrations", KeyedAsync),
        new("simulator over a proxy", ProxyAsync),
        new("health check", HealthAsync),
        new("client without a container", WithoutContainer),
    ];

    private static async Task OptionsAsync()
    {
        using var folder = new TemporaryFolder();
        var handled = new List<string>();
        var services = new ServiceCollection().AddSingleton<TimeProvider>(new TestTimeProvider());
        services.AddImaNanoBanana(options => options.ApiKey = "ima_key")
            .AddFileJournal(folder.Path)
            .AddCreditBudget(500, TimeSpan.FromDays(1))
            .ConfigureHttpClients(http => http.AddHttpMessageHandler(() => new ListeningHandler(handled)))
            .UseSimulator();
        await using var provider = services.BuildServiceProvider();

        await provider.GetRequiredService<IImaImageClient>().SubmitAsync(new ImageRequest("a puppy"));

        var budget = provider.GetRequiredService<CreditBudget>();
        var simulator = provider.GetRequiredService<ImaSimulator>();
        var left = (await budget.GetUsageAsync()).Remaining;
        Expect.Equal($"1 494 1", $"{Directory.GetFiles(folder.Path).Length} {left} {simulator.Charges.Count}");
        Expect.That(handled.Contains("/open/v1/tasks/create"));
    }

    private static async Task SectionAsync()
    {
        using var folder = new TemporaryFolder();
        var services = new ServiceCollection();
        services.AddImaNanoBanana(Configuration.GetSection("Images"), options => options.RetrySubmissions = false)
            .AddJournal(_ => new FileTaskJournal(folder.Path))
            .UseSimulator();
        await using var provider = services.BuildServiceProvider();
        var options = provider.GetRequiredService<IOptions<ImaNanoBananaOptions>>().Value;
        Expect.Equal(
            $"ima_section_key 5 00:20:00 zh", $"{options.ApiKey} {options.MaxCredits} {options.WatchTimeout} {options.Language}");
        Expect.Equal($"False False", $"{options.RetryReads} {options.RetrySubmissions}");
        Expect.That(options.StorageHosts.Contains("storage.example"));

        var refused = await Expect.ThrowsAsync<ImaException>(
            () => provider.GetRequiredService<IImaImageClient>().SubmitAsync(new ImageRequest("a puppy")));
        Expect.Equal($"BudgetExceeded", $"{refused.Kind}");
    }

    private static async Task UnknownKeyAsync()
    {
        var services = new ServiceCollection();
        services.AddImaNanoBanana(Configuration.GetSection("Misspelt")).UseSimulator();
        await using var provider = services.BuildServiceProvider();

        var refused = await Expect.ThrowsAsync<Exception>(() => Task.FromResult(provider.GetRequiredService<IImaImageClient>()));

        Expect.That(refused.ToString().Contains("ApiKye", StringComparison.Ordinal));
        Expect.That(refused.ToString().Contains("Did you mean Budget:Credits?", StringComparison.Ordinal));
    }

    private static async Task HealthAsync()
    {
        var services = new ServiceCollection().AddLogging();
        services.AddImaNanoBanana(Configuration.GetSection("Parts")).UseSimulator();
        services.AddHealthChecks().AddImaNanoBanana();
        await using var provider = services.BuildServiceProvider();

        var report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        var usage = await provider.GetRequiredService<CreditBudget>().GetUsageAsync();

        Expect.Equal($"ima-nano-banana Healthy 10", $"{report.Entries.Single().Key} {report.Status} {usage.Remaining}");
    }

    private static async Task KeyedAsync()
    {
        var services = new ServiceCollection().AddSingleton<TimeProvider>(new TestTimeProvider());
        services.AddKeyedImaNanoBanana("tenant-a", options => options.ApiKey = "ima_a").AddCreditBudget(10).UseSimulator();
        services.AddKeyedImaNanoBanana("tenant-b", Configuration.GetSection("Images"), options => options.MaxCredits = null).UseSimulator();
        await using var provider = services.BuildServiceProvider();

        await provider.GetRequiredKeyedService<IImaImageClient>("tenant-b").SubmitAsync(new ImageRequest("a kitten"));

        var first = provider.GetRequiredKeyedService<ImaSimulator>("tenant-a");
        var second = provider.GetRequiredKeyedService<ImaSimulator>("tenant-b");
        var budget = provider.GetRequiredKeyedService<CreditBudget>("tenant-a");
        Expect.Equal($"0 1 10", $"{first.Charges.Count} {second.Charges.Count} {(await budget.GetUsageAsync()).Remaining}");
    }

    private static async Task ProxyAsync()
    {
        var services = new ServiceCollection();
        services.AddImaNanoBanana(options => options.RetryReads = false).UseSimulator(new Uri("http://127.0.0.1:9/"));
        await using var provider = services.BuildServiceProvider();

        var unreachable = await Expect.ThrowsAsync<ImaException>(() => provider.GetRequiredService<IImaImageClient>().ListModelsAsync());

        Expect.Equal($"CatalogUnavailable NotCharged", $"{unreachable.Kind} {unreachable.ChargeStatus}");
    }

    private static void WithoutContainer()
    {
        using var client = new ImaImageClient("ima_key");
        Expect.That(client.Journal is not null);
    }

    private sealed class ListeningHandler(List<string> paths) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            paths.Add(request.RequestUri!.AbsolutePath);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
