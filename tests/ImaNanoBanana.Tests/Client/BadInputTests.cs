using ImaNanoBanana.Options;
using Microsoft.Extensions.Options;

namespace ImaNanoBanana.Tests.Client;

public class BadInputTests
{
    public static TheoryData<string, Action<ImaImageClient>> Calls() => new()
    {
        { "request", client => client.SubmitAsync((ImageRequest)null!) },
        { "quote", client => client.SubmitAsync((ImageQuote)null!) },
        { "request", client => client.QuoteAsync(null!) },
        { "request", client => client.GenerateAsync(null!) },
        { "request", client => client.GenerateStreamingAsync(null!) },
        { "task", client => client.GetStatusAsync(null!) },
        { "task", client => client.WatchAsync(null!) },
        { "task", client => client.WaitForCompletionAsync(null!) },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public void Null_is_rejected_by_the_call_itself(string parameter, Action<ImaImageClient> call)
    {
        using var handler = new ScriptedHandler();
        using var client = TestClient.Create(handler);

        Assert.Throws<ArgumentNullException>(parameter, () => call(client));
        Assert.Empty(handler.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t\r\n")]
    [InlineData(null)]
    public void Empty_prompt_is_rejected_by_the_call_itself(string? prompt)
    {
        using var handler = new ScriptedHandler();
        using var client = TestClient.Create(handler);

        var exception = Assert.Throws<ImaException>(
            () => { _ = client.GenerateStreamingAsync(new ImageRequest(prompt!), TestContext.Current.CancellationToken); });

        Assert.Equal(ImaErrorKind.InvalidRequest, exception.Kind);
        Assert.Equal("prompt", exception.ParameterName);
        Assert.Empty(handler.Requests);
    }

    /// <summary>
    /// A text that was cut within a character would be submitted with a replacement character and charged; two such keys would be the
    /// same key.
    /// </summary>
    [Fact]
    public void Incomplete_character_is_rejected_by_the_call_itself()
    {
        using var handler = new ScriptedHandler();
        using var client = TestClient.Create(handler);
        (string Prompt, string Key, string? Refused)[] cases =
        [
            ("a puppy \ud83d", "order-1", "prompt"),
            ("\udc36 a puppy", "order-1", "prompt"),
            ("a \udc36\ud83d puppy", "order-1", "prompt"),
            ("a puppy", "order \ud83d", "idempotency_key"),
            ("a puppy \ud83d\udc36", "order \ud83d\udc36", null),
        ];

        foreach (var (prompt, key, refused) in cases)
        {
            var exception = Record.Exception(
                () =>
                {
                    _ = client.GenerateStreamingAsync(
                    new ImageRequest(prompt) { IdempotencyKey = key },
                    TestContext.Current.CancellationToken);
                });

            Assert.Equal(refused, (exception as ImaException)?.ParameterName);
        }

        Assert.Throws<ArgumentException>(
            () =>
            {
                _ = client.GenerateBatchAsync(
                new List<ImageRequest>(),
                new ImageBatchOptions { IdempotencyKeyPrefix = "a \ud83d" },
                TestContext.Current.CancellationToken);
            });
        Assert.Empty(handler.Requests);
    }

    [Fact]
    public void Null_lists_are_rejected_by_the_call_itself()
    {
        using var handler = new ScriptedHandler();
        using var client = TestClient.Create(handler);

        foreach (
            var request in new[] { new ImageRequest("a puppy") { Images = null! }, new ImageRequest("a puppy") { Parameters = null! } })
        {
            var exception = Assert.Throws<ImaException>(() => { _ = client.QuoteAsync(request, TestContext.Current.CancellationToken); });
            Assert.Equal(ImaErrorKind.InvalidRequest, exception.Kind);
            Assert.Contains(exception.ParameterName!, exception.Message, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void Task_without_an_id_is_rejected_by_the_call_itself()
    {
        using var handler = new ScriptedHandler();
        using var client = TestClient.Create(handler);

        var exception = Assert.Throws<ImaException>(
            () => { _ = client.WatchAsync(new ImageTask(" "), TestContext.Current.CancellationToken); });

        Assert.Equal("id", exception.ParameterName);
        Assert.Empty(handler.Requests);
    }

    [Fact]
    public void Disposed_client_throws_ObjectDisposedException()
    {
        using var handler = new ScriptedHandler();
        var client = TestClient.Create(handler);
        client.Dispose();
        client.Dispose();

        Assert.Throws<ObjectDisposedException>(
            () => { _ = client.GenerateAsync(new ImageRequest("a puppy"), TestContext.Current.CancellationToken); });
    }

    /// <summary>A copying mistake is reported before the service calls the key invalid.</summary>
    [Theory]
    [InlineData(null, "ApiKey is missing")]
    [InlineData("   ", "ApiKey is missing")]
    [InlineData("ima_one ima_two", "a character that keys do not contain")]
    [InlineData("line\nbreak", "a character that keys do not contain")]
    [InlineData("schlüssel", "a character that keys do not contain")]
    [InlineData("\"ima_abc\"", "quotation marks")]
    [InlineData("'ima_abc'", "quotation marks")]
    [InlineData("“ima_abc”", "quotation marks")]
    [InlineData("ima_abc\"", "quotation marks")]
    [InlineData("IMA_API_KEY=ima_abc", "starts with the name")]
    [InlineData("export IMA_API_KEY=\"ima_abc\"", "starts with the name")]
    [InlineData("$env:IMA_API_KEY = 'ima_abc'", "starts with the name")]
    [InlineData("\"ApiKey\": \"ima_abc\"", "starts with the name")]
    [InlineData("$IMA_API_KEY", "the name of a variable")]
    [InlineData("${IMA_API_KEY}", "the name of a variable")]
    [InlineData("%IMA_API_KEY%", "the name of a variable")]
    [InlineData("${{ secrets.IMA_API_KEY }}", "the name of a variable")]
    [InlineData("Bearer ima_abc", "Bearer")]
    [InlineData("Authorization: Bearer ima_abc", "Bearer")]
    [InlineData("ima_...", "placeholder")]
    [InlineData("ima_…", "placeholder")]
    [InlineData("ima_xxxxxxxx", "placeholder")]
    [InlineData("ima_abc****************", "placeholder")]
    [InlineData("your-api-key", "placeholder")]
    [InlineData("YOUR_IMA_API_KEY", "placeholder")]
    [InlineData("<key>", "placeholder")]
    [InlineData("<your key>", "placeholder")]
    [InlineData("你的密钥", "placeholder")]
    public void Invalid_key_is_rejected_without_being_shown(string? key, string reason)
    {
        var exception = Assert.Throws<OptionsValidationException>(() => { using var client = new ImaImageClient(key!); });

        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ima_abc", exception.Message, StringComparison.Ordinal);
        if (!string.IsNullOrWhiteSpace(key))
        {
            Assert.DoesNotContain(key, exception.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>A key that only resembles a mistake is accepted.</summary>
    [Theory]
    [InlineData("ima_0123456789+/abc=")]
    [InlineData("ima_key")]
    [InlineData("simulated-key")]
    [InlineData("ima_bearer_your.set=x:%41$")]
    public void Other_keys_are_accepted(string key) => Assert.Null(ApiKeyProblem.Find(key, null));

    /// <summary>The advice in the message works: only a container reads the variable.</summary>
    [Fact]
    public void Missing_key_is_reported_with_a_fitting_suggestion()
    {
        Assert.Contains("Environment.GetEnvironmentVariable", ApiKeyProblem.Find(null, null)!, StringComparison.Ordinal);
        Assert.Contains("or the environment variable", ApiKeyProblem.Find(null, "")!, StringComparison.Ordinal);
        Assert.Contains("'tenant'", ApiKeyProblem.Find(null, "tenant")!, StringComparison.Ordinal);
    }

    [Fact]
    public void White_space_around_a_key_is_ignored()
    {
        using var client = new ImaImageClient(" ima_key\r\n");
        Assert.NotNull(client);
    }
}
