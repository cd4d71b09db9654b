using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests.Client;
using ImaNanoBanana.Tests.Messages.Catalogue;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ImaNanoBanana.Tests.Docs;

/// <summary>
/// The error texts of docs/troubleshooting.md are those of the SDK. Each one is provoked here or by the message catalogue.
/// </summary>
public class TroubleshootingPageTests
{
    private const string Unauthorized = """{"code":401,"message":"Unauthorized"}""";

    private static readonly Dictionary<string, Func<Task>> Provoked = new()
    {
        ["ApiKey of 'tenant-a' is missing. …"] = async () =>
        {
            await using var provider = new ServiceCollection().AddKeyedImaNanoBanana("tenant-a", _ => { }).Services.BuildServiceProvider();
            provider.GetRequiredKeyedService<IImaImageClient>("tenant-a");
        },
        ["The API key is invalid or not authorised. …"] = () => GenerateAsync(new ScriptedHandler().With("create", (403, Unauthorized))),
        ["The product list could not be read: …"] = () => GenerateAsync(new ScriptedHandler().With("list", (-1, ""))),
        ["The plan of this account does not include this request: …"] = () => GenerateAsync(
            new ScriptedHandler().With("create", (200, """{"code":4014}"""))),
        ["The service rejected the submission with code 6006: …"] = () => GenerateAsync(
            new ScriptedHandler().With("create", (200, """{"code":6006}"""))),
        ["The additional parameters must be one JSON object …"] = () => Task.FromResult(ImageParameters.Parse("{seed: 7}")),
        ["ApiKey is in quotation marks. …"] = () => KeyAsync("\"ima_abc\""),
        ["ApiKey starts with the name of its setting. …"] = () => KeyAsync("IMA_API_KEY=ima_abc"),
        ["ApiKey is a placeholder, not a key. …"] = () => KeyAsync("ima_..."),
        ["The configuration contains 'MaxCredit', which is not an option. …"] = async () =>
        {
            var section = new ConfigurationBuilder().AddInMemoryCollection([new("ApiKey", "ima_key"), new("MaxCredit", "7")]).Build();
            await using var provider = new ServiceCollection().AddImaNanoBanana(section).Services.BuildServiceProvider();
            provider.GetRequiredService<IImaImageClient>();
        },
        ["The create request was not sent: …"] = () => GenerateAsync(new ScriptedHandler().With("create", (-1, ""))),
        ["The service rejected the submission because of too many requests. …"] = () =>
            GenerateAsync(new ScriptedHandler().With("create", (429, ""))),
        ["The create request was sent, but no response says what became of it …"] = () => GenerateAsync(
            new ScriptedHandler().With("create", (0, ""))),
        ["The image 'source image 1 (a stream)' could not be uploaded: …"] = UploadByAWrongClockAsync,
        ["Task task_1 was not finished after 600 s of watching. …"] = () =>
            GenerateAsync(new ScriptedHandler().With("detail", (200, ScriptedHandler.Working))),
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> ProvokedTexts() => [.. Provoked.Keys];

    [Theory]
    [MemberData(nameof(ProvokedTexts))]
    public async Task Text_is_the_message_of_the_sdk(string text)
    {
        var exception = await Assert.ThrowsAnyAsync<Exception>(Provoked[text]);

        Assert.True(Says(text, exception.Message), exception.Message);
    }

    [Fact]
    public async Task Every_text_of_the_page_is_tested()
    {
        var symptoms = MarkdownPage.Read("docs/troubleshooting.md").Rows.Select(row => row["symptom"]);
        var quoted = symptoms.Where(
            symptom => symptom.Codes is [var code, ..] && symptom.Text.StartsWith(code, StringComparison.Ordinal)).Select(symptom =>
                symptom.Codes[0]).ToList();
        var others = (await MessageCatalogueTests.AllAsync()).Select(message => message.Text).ToList();

        Assert.Empty(Provoked.Keys.Except(quoted));
        Assert.DoesNotContain(quoted, text => text != "8K" && !Provoked.ContainsKey(text) && !others.Any(message => Says(text, message)));
    }

    private static bool Says(string text, string message) =>
        text.EndsWith('…') ? message.StartsWith(text[..^1], StringComparison.Ordinal) : message == text;

    private static Task KeyAsync(string key)
    {
        using var client = new ImaImageClient(key);
        return Task.CompletedTask;
    }

    private static async Task GenerateAsync(ScriptedHandler service)
    {
        using var handler = service;
        var time = new TestTimeProvider();
        using var client = TestClient.Patient(handler, time);
        var generate = client.GenerateAsync(new ImageRequest("a puppy"), Token);
        await time.RunAsync(generate, TimeSpan.FromMinutes(1), Token);
        await generate;
    }

    /// <summary>The simulator's clock is right, and the clock of this machine is an hour ahead of it.</summary>
    private static async Task UploadByAWrongClockAsync()
    {
        using var simulator = new ImaSimulator();
        var time = new TestTimeProvider(TimeProvider.System.GetUtcNow().AddHours(1));
        using var client = new ImaImageClient(
            new ImaNanoBananaOptions { ApiKey = "ima_test_key" },
            new ImaImageClientServices { PrimaryHandler = simulator, TimeProvider = time });
        using var photo = new MemoryStream([0xFF, 0xD8, 0xFF, 0xE0]);
        Assert.Equal(6, (await client.QuoteAsync(new ImageRequest("a puppy"), Token)).Credits);
        await client.GenerateAsync(new ImageRequest("a puppy") { Images = [ImageInput.FromStream(photo)] }, Token);
    }
}
