namespace ImaNanoBanana.Console.Tests;

public sealed class KeyTests : IDisposable
{
    private readonly CliRun _ima = new();

    [Fact]
    public async Task A_key_on_the_command_line_works_and_warns()
    {
        _ima.Variables.Remove("IMA_API_KEY");

        Assert.Equal(0, await _ima.RunAsync("generate", "a puppy", "--api-key", CliRun.Key));

        Assert.Contains("visible in process lists", _ima.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(CliRun.Key, _ima.Out + _ima.Error, StringComparison.Ordinal);
        Assert.Single(_ima.Service.Charges);
    }

    /// <summary>
    /// The key given for this run takes precedence over the environment: otherwise another account would be charged.
    /// </summary>
    [Fact]
    public async Task A_key_on_the_command_line_takes_precedence_over_the_environment()
    {
        using var wire = new KeyedService(_ima.Service);
        _ima.Wire = wire;

        Assert.Equal(0, await _ima.RunAsync("generate", "a puppy", "--api-key", "another-key-0123456789"));

        Assert.Equal(["another-key-0123456789"], wire.Keys.Distinct());
        Assert.DoesNotContain("another-key", _ima.Out + _ima.Error, StringComparison.Ordinal);
    }

    /// <summary>An empty argument, as in the templates of the predecessor, counts as not set.</summary>
    [Fact]
    public async Task An_empty_key_on_the_command_line_leaves_the_environment()
    {
        using var wire = new KeyedService(_ima.Service);
        _ima.Wire = wire;

        Assert.Equal(0, await _ima.RunAsync("generate", "a puppy", "--api-key", ""));

        Assert.Equal([CliRun.Key], wire.Keys.Distinct());
    }

    /// <summary>An invalid key ends every command with its name and code 4.</summary>
    [Theory]
    [InlineData("ima two keys", "models")]
    [InlineData("\"ima_abc\"", "models")]
    [InlineData("ima_...", "quote")]
    [InlineData("ima two keys", "resume")]
    [InlineData("ima two keys", "generate", "a puppy")]
    public async Task An_invalid_key_is_reported_with_its_name(string key, params string[] args)
    {
        _ima.Variables["IMA_API_KEY"] = key;

        Assert.Equal(4, await _ima.RunAsync(args));

        Assert.StartsWith(
            "IMA_API_KEY: The key ",
            Assert.Single(_ima.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal);
        Assert.DoesNotContain(key, _ima.Out + _ima.Error, StringComparison.Ordinal);
    }

    /// <summary>The doctor reports it in its list.</summary>
    [Fact]
    public async Task An_invalid_key_is_found_by_the_doctor()
    {
        _ima.Variables["IMA_API_KEY"] = "ima two keys";

        Assert.Equal(4, await _ima.RunAsync("doctor"));

        Assert.Matches("^key +FAILED +IMA_API_KEY: The key ", _ima.Out);
        Assert.DoesNotContain("two keys\"", _ima.Out + _ima.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_key_nothing_is_submitted_if_the_output_is_redirected()
    {
        _ima.Variables.Remove("IMA_API_KEY");

        Assert.Equal(4, await _ima.RunAsync("generate", "a puppy", "--api-key", ""));

        Assert.Equal("", _ima.Out);
        Assert.Contains("Set IMA_API_KEY", _ima.Error, StringComparison.Ordinal);
        Assert.Empty(_ima.Service.Charges);
    }

    [Fact]
    public async Task Without_a_key_a_terminal_gets_the_simulator_and_a_notice()
    {
        _ima.Variables.Remove("IMA_API_KEY");
        _ima.IsTerminal = true;

        Assert.Equal(0, await _ima.RunAsync("generate", "a puppy"));

        Assert.Contains("built-in simulator", _ima.Error, StringComparison.Ordinal);
        Assert.Empty(_ima.Service.Charges);
    }

    [Fact]
    public async Task Simulate_takes_precedence_over_the_key()
    {
        Assert.Equal(0, await _ima.RunAsync("generate", "a puppy", "--simulate", "--json"));

        Assert.Contains("\"simulated\":true", _ima.Out, StringComparison.Ordinal);
        Assert.Empty(_ima.Service.Charges);
    }

    [Theory]
    [InlineData("https://example.com/")]
    [InlineData("http://10.0.0.1:5080/")]
    [InlineData("nonsense")]
    public async Task A_simulator_must_be_on_this_machine(string address)
    {
        Assert.Equal(2, await _ima.RunAsync("generate", "a puppy", "--simulator-at", address));
        Assert.Empty(_ima.Service.Charges);
    }

    public void Dispose() => _ima.Dispose();
}
