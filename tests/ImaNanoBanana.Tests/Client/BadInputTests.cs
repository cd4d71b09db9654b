namespace ImaNanoBanana.Tests.Client;

public class BadInputTests
{
    public static TheoryData<string, Action<ImaImageClient>> Calls() => new()
    {
        { "request", client => client.StartAsync((ImageRequest)null!) },
        { "quote", client => client.StartAsync((ImageQuote)null!) },
        { "request", client => client.QuoteAsync(null!) },
        { "request", client => client.GenerateAsync(null!) },
        { "request", client => client.GenerateStreamAsync(null!) },
        { "task", client => client.GetAsync(null!) },
        { "task", client => client.WatchAsync(null!) },
        { "task", client => client.WaitAsync(null!) },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public void Null_is_refused_by_the_call_itself(string parameter, Action<ImaImageClient> call)
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
    public void Empty_prompt_is_refused_by_the_call_itself(string? prompt)
    {
        using var handler = new ScriptedHandler();
        using var client = TestClient.Create(handler);

        var exception = Assert.Throws<ImaException>(() => { _ = client.GenerateStreamAsync(new ImageRequest(prompt!), TestContext.Current.CancellationToken); });

        Assert.Equal(ImaErrorKind.InvalidRequest, exception.Kind);
        Assert.Equal("prompt", exception.Parameter);
        Assert.Equal("The prompt is empty. Say in words what the image shows. Nothing was ordered.", exception.Message);
        Assert.Empty(handler.Requests);
    }

    [Fact]
    public void Null_lists_are_refused_by_the_call_itself()
    {
        using var handler = new ScriptedHandler();
        using var client = TestClient.Create(handler);

        foreach (var request in new[] { new ImageRequest("a puppy") { Images = null! }, new ImageRequest("a puppy") { Parameters = null! } })
        {
            var exception = Assert.Throws<ImaException>(() => { _ = client.QuoteAsync(request, TestContext.Current.CancellationToken); });
            Assert.Equal("Images and Parameters of a request may be empty, not null. Nothing was ordered.", exception.Message);
        }
    }

    [Fact]
    public void Task_without_an_id_is_refused_by_the_call_itself()
    {
        using var handler = new ScriptedHandler();
        using var client = TestClient.Create(handler);

        var exception = Assert.Throws<ImaException>(() => { _ = client.WatchAsync(new ImageTask(" "), TestContext.Current.CancellationToken); });

        Assert.Equal("id", exception.Parameter);
        Assert.Empty(handler.Requests);
    }

    [Fact]
    public void Disposed_client_says_so()
    {
        using var handler = new ScriptedHandler();
        var client = TestClient.Create(handler);
        client.Dispose();
        client.Dispose();

        Assert.Throws<ObjectDisposedException>(() => { _ = client.GenerateAsync(new ImageRequest("a puppy"), TestContext.Current.CancellationToken); });
    }

    [Theory]
    [InlineData(null, "ApiKey is missing")]
    [InlineData("   ", "ApiKey is missing")]
    [InlineData("ima_one ima_two", "a character that no key has")]
    [InlineData("line\nbreak", "a character that no key has")]
    [InlineData("schlüssel", "a character that no key has")]
    public void Impossible_key_is_refused_without_being_shown(string? key, string reason)
    {
        var exception = Assert.Throws<ArgumentException>(() => { using var client = ImaImageClient.Create(key!); });

        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        if (!string.IsNullOrWhiteSpace(key))
        {
            Assert.DoesNotContain(key, exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void White_space_around_a_key_is_ignored()
    {
        using var client = ImaImageClient.Create(" ima_key\r\n");
        Assert.NotNull(client);
    }
}
