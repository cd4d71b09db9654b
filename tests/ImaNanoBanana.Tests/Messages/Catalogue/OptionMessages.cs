using ImaNanoBanana.DependencyInjection;
using ImaNanoBanana.Options;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ImaNanoBanana.Tests.Messages.Catalogue;

/// <summary>The messages for options and API keys that are not valid.</summary>
internal static class OptionMessages
{
    private static readonly TimeSpan TooLong = TimeSpan.FromDays(2);

    public static IEnumerable<CatalogueMessage> All() =>
    [
        Key("key missing, without a container", null, null),
        Key("key missing, in a container", null, ""),
        Key("key missing, keyed client", null, "tenant-a"),
        Key("key is the name of a variable", "$IMA_API_KEY", null),
        Key("key with the name of its setting", "ApiKey=ima_1", null),
        Key("key in quotation marks", "\"ima_1\"", null),
        Key("key with the word Bearer", "Bearer ima_1", null),
        Key("key is a placeholder", "your-api-key", null),
        Key("key with white space", "ima_1 ima_2", null),
        .. Problems("time out of range", options => options.CreateTimeout = TooLong),
        .. Problems("MaxUploadBytes", options => options.MaxUploadBytes = 0),
        .. Problems("MaxDownloadBytes", options => options.MaxDownloadBytes = 0),
        .. Problems("RequestsPerSecond", options => options.RequestsPerSecond = 0),
        .. Problems("RequestBurst", options => options.RequestBurst = 0),
        .. Problems("MaxCredits", options => options.MaxCredits = -1),
        .. Problems("StorageHosts", options => options.StorageHosts.Add("https://storage.example")),
        .. Problems("AdditionalModels", options => options.AdditionalModels.Add("Nano Banana 3")),
        .. Problems("ReadTimeout shorter than an attempt", options => options.ReadTimeout = TimeSpan.FromSeconds(2)),
        Section("section with a misspelled option", "CreateTimeOuts"),
        Section("section with a misspelled key of the budget", "Budget:Credit"),
        Section("section with a value in place of the journal", "Journal"),
        CatalogueMessage.FromException("DependencyInjection", "value of a section cannot be read", Unreadable()),
    ];

    private static CatalogueMessage Key(string name, string? key, string? client) => new("Options", name, ApiKeyProblem.Find(key, client)!);

    private static IEnumerable<CatalogueMessage> Problems(string name, Action<ImaNanoBananaOptions> change)
    {
        var options = new ImaNanoBananaOptions { ApiKey = "ima_test_key" };
        change(options);
        return ImaNanoBananaOptionsValidator.Problems(options).Select(problem => new CatalogueMessage("Options", name, problem));
    }

    private static CatalogueMessage Section(string name, string key) => new(
        "DependencyInjection",
        name,
        new SectionKeys("", Configuration(key, "1")).Validate("", new ImaNanoBananaOptions()).FailureMessage!);

    private static Exception? Unreadable()
    {
        var services = new ServiceCollection();
        services.AddImaNanoBanana(Configuration("Language", "english!"));
        using var provider = services.BuildServiceProvider();
        return Record.Exception(() => provider.GetRequiredService<IOptions<ImaNanoBananaOptions>>().Value);
    }

    private static IConfigurationRoot Configuration(string key, string value) =>
        new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create<string, string?>(key, value)]).Build();
}
