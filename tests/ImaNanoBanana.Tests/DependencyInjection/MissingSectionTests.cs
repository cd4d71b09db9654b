using ImaNanoBanana.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ImaNanoBanana.Tests.DependencyInjection;

/// <summary>The name of the section is misspelled: its limits do not apply.</summary>
public class MissingSectionTests
{
    private static readonly IConfiguration Configuration = new ConfigurationBuilder()
        .AddInMemoryCollection([new("ImaNanoBanana:ApiKey", "ima_test_key")]).Build();

    [Fact]
    public void Section_that_does_not_exist_is_named_if_the_key_is_missing()
    {
        using var provider = Provider("Ima:NanoBanan", null);

        var error = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IImaImageClient>());

        Assert.StartsWith(
            "The configuration section 'Ima:NanoBanan' does not exist.", error.Failures.First(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ImaNanoBanan", 1)]
    [InlineData("ImaNanoBanana", 0)]
    public void Section_that_does_not_exist_is_logged_if_the_key_comes_from_elsewhere(string section, int warnings)
    {
        using var provider = Provider(section, "ima_test_key");

        _ = provider.GetRequiredService<IImaImageClient>();

        var records = provider.GetFakeLogCollector().GetSnapshot().Where(record => record.Id.Id == 13).ToList();
        Assert.Equal(warnings, records.Count);
        Assert.All(records, record => Assert.Contains("ImaNanoBanan ", record.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task First_log_event_of_a_submission_contains_no_null()
    {
        using var provider = Provider("ImaNanoBanana", "ima_test_key");
        await provider.GetRequiredService<IImaImageClient>().SubmitAsync(
            new ImageRequest("a puppy"), TestContext.Current.CancellationToken);

        var record = Assert.Single(provider.GetFakeLogCollector().GetSnapshot(), record => record.Id.Id == 1);

        Assert.EndsWith("code none", record.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("null", record.Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Provider(string section, string? key)
    {
        var services = new ServiceCollection().AddLogging(logging => logging.AddFakeLogging());
        var builder = services.AddKeyedImaNanoBanana("shop", Configuration.GetSection(section), options => options.ApiKey ??= key);
        _ = key is null ? builder : builder.UseSimulator();
        services.AddSingleton(provider => provider.GetRequiredKeyedService<IImaImageClient>("shop"));
        return services.BuildServiceProvider();
    }
}
