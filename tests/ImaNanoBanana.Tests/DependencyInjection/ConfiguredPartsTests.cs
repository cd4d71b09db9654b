using ImaNanoBanana.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ImaNanoBanana.Tests.DependencyInjection;

/// <summary>The journal and the budget of a configuration section, beside the options and keys of the app.</summary>
public sealed class ConfiguredPartsTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("tenant-a")]
    public async Task Journal_and_budget_come_from_the_section(string name)
    {
        await using var provider = Provider(name);

        await Service<IImaImageClient>(provider, name).SubmitAsync(new ImageRequest("a puppy"), Token);

        Assert.Single(Directory.GetFiles(_folder.Path));
        var budget = Service<CreditBudget>(provider, name);
        Assert.Equal((7.5m, TimeSpan.FromDays(1)), (budget.Limit, budget.Period));
        Assert.Equal(1.5m, (await budget.GetUsageAsync(Token)).Remaining);
        Assert.Equal(
            name, Assert.Single(await Entries(Service<ITaskJournal>(provider, name))).Registration);
    }

    [Theory]
    [InlineData("")]
    [InlineData("tenant-a")]
    public async Task Code_takes_precedence_over_the_section(string name)
    {
        using var other = new TestFolder();
        await using var provider = Provider(name, builder => builder.AddFileJournal(other.Path).AddCreditBudget(100));

        await Service<IImaImageClient>(provider, name).SubmitAsync(new ImageRequest("a puppy"), Token);

        Assert.Empty(Directory.GetFiles(_folder.Path));
        Assert.Single(Directory.GetFiles(other.Path));
        Assert.Equal(100, Service<CreditBudget>(provider, name).Limit);
    }

    [Fact]
    public async Task Services_of_the_app_take_precedence_over_the_section()
    {
        var budget = new CreditBudget(100);
        await using var provider = Provider("", before: services => services.AddSingleton(budget));

        Assert.Same(budget, provider.GetRequiredService<CreditBudget>());
    }

    [Fact]
    public void Section_without_a_journal_and_a_budget_adds_none()
    {
        var services = new ServiceCollection();
        services.AddImaNanoBanana(new ConfigurationBuilder().Build()).UseSimulator();
        using var provider = services.BuildServiceProvider();

        Assert.Null(provider.GetService<CreditBudget>());
        Assert.NotNull(provider.GetRequiredService<ITaskJournal>());
    }

    /// <summary>A key of the app is not rejected, but it is logged: it may also be an option that does not exist.</summary>
    [Fact]
    public async Task Keys_of_the_app_are_allowed_and_logged()
    {
        await using var provider = Provider("", values: [new("Gallery:Columns", "4"), new("Greeting", "hello")]);

        Assert.NotNull(provider.GetRequiredService<IImaImageClient>());

        Assert.Equal(
            [
                (10, LogLevel.Information, "The configuration contains Gallery, which is not an option. The client does not use it"),
                (10, LogLevel.Information, "The configuration contains Greeting, which is not an option. The client does not use it"),
            ],
            provider.GetFakeLogCollector().GetSnapshot().Select(record => (record.Id.Id, record.Level, record.Message)));
    }

    [Fact]
    public async Task Invalid_budget_ends_the_start_of_a_host()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddImaNanoBanana(
            new ConfigurationBuilder().AddInMemoryCollection([new("ApiKey", "ima_key"), new("Budget:Credits", "many")]).Build());
        using var host = builder.Build();

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token));

        Assert.StartsWith("Budget:Credits is 'many'", Assert.Single(exception.Failures), StringComparison.Ordinal);
    }

    private static async Task<List<TaskJournalEntry>> Entries(ITaskJournal journal)
    {
        var entries = new List<TaskJournalEntry>();
        await foreach (var entry in journal.ListAsync(Token))
        {
            entries.Add(entry);
        }

        return entries;
    }

    private static T Service<T>(IServiceProvider provider, string name)
        where T : notnull =>
        name.Length == 0 ? provider.GetRequiredService<T>() : provider.GetRequiredKeyedService<T>(name);

    private ServiceProvider Provider(
        string name,
        Action<IImaNanoBananaBuilder>? build = null,
        Action<IServiceCollection>? before = null,
        IEnumerable<KeyValuePair<string, string?>>? values = null)
    {
        var section = new ConfigurationBuilder().AddInMemoryCollection(
            [
                new("ApiKey", "ima_key"),
                new("Journal:Folder", _folder.Path),
                new("Journal:Retention", "7.00:00:00"),
                new("Budget:Credits", "7.5"),
                new("Budget:Period", "1.00:00:00"),
                .. values ?? [],
            ]).Build();
        var services = new ServiceCollection().AddSingleton<TimeProvider>(new TestTimeProvider())
            .AddLogging(logging => logging.AddFakeLogging());
        before?.Invoke(services);
        var builder = name.Length == 0
            ? services.AddImaNanoBanana(section)
            : services.AddKeyedImaNanoBanana(name, section);
        builder.UseSimulator();
        build?.Invoke(builder);
        return services.BuildServiceProvider();
    }
}
