using ImaNanoBanana.DependencyInjection;
using ImaNanoBanana.Tests.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ImaNanoBanana.Tests.DependencyInjection;

/// <summary>Options from configuration, delegates and the environment, and keys that are rotated while the app runs.</summary>
public class ConfigurationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_option_can_be_set_in_a_section()
    {
        var section = Section(new()
        {
            ["ApiKey"] = " ima_key ",
            ["CreateTimeout"] = "00:01:00",
            ["CancellationGrace"] = "00:00:05",
            ["ReadAttemptTimeout"] = "00:00:06",
            ["ReadTimeout"] = "00:00:07",
            ["PollTimeout"] = "00:00:08",
            ["WatchTimeout"] = "00:00:09",
            ["TransferStallTimeout"] = "00:00:10",
            ["TransferTimeout"] = "00:00:11",
            ["MaxUploadBytes"] = "12",
            ["MaxDownloadBytes"] = "13",
            ["HashDownloads"] = "false",
            ["RequestsPerSecond"] = "1.5",
            ["RequestBurst"] = "14",
            ["RetryReads"] = "false",
            ["RetrySubmissions"] = "false",
            ["MaxCredits"] = "15.5",
            ["StorageHosts:0"] = "storage.example.com",
            ["Language"] = "zh",
            ["EnableSensitiveData"] = "true",
            ["AdditionalModels:0"] = "gemini-nano-banana-2.1",
        });
        using var provider = new ServiceCollection().AddImaNanoBanana(section).Services.BuildServiceProvider();

        var options = provider.GetRequiredService<IOptions<ImaNanoBananaOptions>>().Value;

        Assert.Equal(" ima_key ", options.ApiKey);
        Assert.Equal(
            [60, 5, 6, 7, 8, 9, 10, 11],
            new[]
            {
                options.CreateTimeout,
                options.CancellationGrace,
                options.ReadAttemptTimeout,
                options.ReadTimeout,
                options.PollTimeout,
                options.WatchTimeout,
                options.TransferStallTimeout, options.TransferTimeout,
            }.Select(time => (int)time.TotalSeconds));
        Assert.Equal(
            (12, 13, 1.5, 14), (options.MaxUploadBytes, options.MaxDownloadBytes, options.RequestsPerSecond, options.RequestBurst));
        Assert.Equal(
            (false, false, false, 15.5m, ImaLanguage.Chinese), (
                options.HashDownloads, options.RetryReads, options.RetrySubmissions, options.MaxCredits, options.Language));
        Assert.Contains("storage.example.com", options.StorageHosts);
        Assert.True(options.EnableSensitiveData);
        Assert.Equal(["gemini-nano-banana-2.1"], options.AdditionalModels);
        Assert.Equal(typeof(ImaNanoBananaOptions).GetProperties().Select(property => property.Name).Order(), SectionKeys.Known.Order());
        Assert.Equal(
            typeof(ImaNanoBananaOptions).GetProperties().Select(property => property.Name).Order(),
            section.GetChildren().Select(child => child.Key).Order());
    }

    /// <summary>A typo throws the documented exception type and names the intended option.</summary>
    [Theory]
    [InlineData("MaxCredit", "7", "Did you mean MaxCredits?")]
    [InlineData("maxcredts", "7", "Did you mean MaxCredits?")]
    [InlineData("Jornal:Folder", "/tmp", "Did you mean Journal?")]
    [InlineData("Budgets:Credits", "7", "Did you mean Budget?")]
    [InlineData("Journal:Foldr", "/tmp", "'Journal:Foldr', which does not exist. Did you mean Journal:Folder?")]
    [InlineData("Budget:Amount", "7", "'Budget:Amount', which does not exist. Budget has Credits and Period.")]
    [InlineData("Journal", "/tmp", "Journal has a value of its own. Set Journal:Folder and Journal:Retention instead.")]
    [InlineData("Journal:Folder", " ", "Journal:Folder is empty.")]
    [InlineData("Journal:Retention", "7.00:00:00", "Journal:Retention is set without Journal:Folder.")]
    [InlineData("Budget:Credits", "many", "Budget:Credits is 'many'; it must be a number such as 500")]
    [InlineData("Budget:Credits", "-1", "Budget:Credits is '-1'; it must be a number such as 500")]
    [InlineData("Budget:Credits", "1,000", "Budget:Credits is '1,000'; it must be a number such as 500")]
    [InlineData("Budget:Period", "1.00:00:00", "Budget:Period is set without Budget:Credits.")]
    [InlineData("Budget:Period", "24:00:00", "Budget:Period is '24:00:00', which means 24 days. Write 24.00:00:00 if you mean this")]
    [InlineData("Budget:Period", "30", "1.00:00:00 for one day")]
    [InlineData("Budget:Period", "00:00:00", "Budget:Period is '00:00:00'; it must be greater than zero")]
    [InlineData("ApiKeey", "ima_key", "'ApiKeey'")]
    [InlineData("CreateTimeout", "soon", "CreateTimeout")]
    [InlineData("Language", "zh_CN", "'zh_CN' is not a valid language code")]
    public void Typo_in_a_section_is_reported(string key, string value, string named)
    {
        var section = Section(new() { ["ApiKey"] = "ima_key", [key] = value });
        using var provider = new ServiceCollection().AddImaNanoBanana(section).Services.BuildServiceProvider();

        var exception = Assert.Throws<OptionsValidationException>(provider.GetRequiredService<IImaImageClient>);

        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ima_key", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ima_delegate", "ima_section", "ima_environment", "ima_delegate")]
    [InlineData(null, "ima_section", "ima_environment", "ima_section")]
    [InlineData(null, null, "ima_environment", "ima_environment")]
    public async Task Key_comes_from_the_delegate_then_the_section_then_the_environment(
        string? configured, string? sectioned, string? environment, string used)
    {
        using var variable = new EnvironmentVariable("IMA_API_KEY", environment);
        using var handler = new ScriptedHandler();
        var services = new ServiceCollection();
        services.AddImaNanoBanana(Section(new() { ["ApiKey"] = sectioned }), options => options.ApiKey = configured ?? options.ApiKey)
            .ConfigureHttpClients(http => http.ConfigurePrimaryHttpMessageHandler(() => handler));
        await using var provider = services.BuildServiceProvider();

        await provider.GetRequiredService<IImaImageClient>().ListModelsAsync(ImageTaskType.TextToImage, Token);

        Assert.Contains($"Bearer {used}\n", handler.Heads.Single().Head.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invalid_option_ends_the_start_of_a_host()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddImaNanoBanana(options => (options.ApiKey, options.CreateTimeout) = ("ima_key", TimeSpan.Zero));
        builder.Services.AddKeyedImaNanoBanana("tenant-a", options => (options.ApiKey, options.MaxCredits) = ("ima_key", -1));
        using var host = builder.Build();

        var exception = await Assert.ThrowsAsync<AggregateException>(() => host.StartAsync(Token));

        Assert.Equal(
            ["CreateTimeout is 00:00:00", "MaxCredits is -1"],
            exception.InnerExceptions.Cast<OptionsValidationException>().SelectMany(each => each.Failures)
                .Select(failure => failure.Split(';')[0]).Order());
    }

    [Fact]
    public async Task Rotated_key_is_used_from_the_next_request_on_and_an_invalid_one_never()
    {
        using var handler = new ScriptedHandler();
        var values = new Dictionary<string, string?> { ["ApiKey"] = "ima_first" };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        var services = new ServiceCollection().AddLogging(logging => logging.AddFakeLogging());
        services.AddImaNanoBanana(configuration).ConfigureHttpClients(http => http.ConfigurePrimaryHttpMessageHandler(() => handler));
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<IImaImageClient>();

        await client.GetStatusAsync(new ImageTask("task_1"), Token);
        foreach (var key in new[] { "ima_second", "two keys", "", " ima_third ", "three more keys" })
        {
            configuration["ApiKey"] = key;
            _ = Record.Exception(configuration.Reload);
            await client.GetStatusAsync(new ImageTask("task_1"), Token);
            await client.GetStatusAsync(new ImageTask("task_1"), Token);
        }

        Assert.Equal(
            [
                "ima_first",
                "ima_second",
                "ima_second",
                "ima_second",
                "ima_second",
                "ima_second",
                "ima_second",
                "ima_third",
                "ima_third",
                "ima_third",
                "ima_third"],
            handler.Heads.Select(head => head.Head.Split("Bearer ")[1].Split('\r', '\n')[0]));
        var events = provider.GetFakeLogCollector().GetSnapshot();
        Assert.Equal([7, 7], events.Select(logged => logged.Id.Id));
        Assert.All(events, logged =>
        {
            Assert.Equal(LogLevel.Error, logged.Level);
            Assert.StartsWith(
                "The reloaded options are invalid. The client continues to use the last valid key: ApiKey contains a character",
                logged.Message,
                StringComparison.Ordinal);
            Assert.DoesNotContain("two keys\"", logged.Message, StringComparison.Ordinal);
        });
    }

    private static IConfigurationRoot Section(Dictionary<string, string?> values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values).Build();
}
