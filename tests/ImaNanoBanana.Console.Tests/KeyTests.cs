namespace ImaNanoBanana.Console.Tests;

public sealed class KeyTests : IDisposable
{
    private readonly CliRun _ima = new();

    [Fact]
    public async Task A_key_on_the_command_line_works_and_warns()
    {
        _ima.Variables.Remove("IMA_API_KEY");

        Assert.Equal(0, await _ima.RunAsync("generate", "a puppy", "--api-key", CliRun.Key));

        Assert.Contains("shows in process lists", _ima.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(CliRun.Key, _ima.Out + _ima.Error, StringComparison.Ordinal);
        Assert.Single(_ima.Service.Charges);
    }

    [Fact]
    public async Task Without_a_key_nothing_happens_where_the_output_is_redirected()
    {
        _ima.Variables.Remove("IMA_API_KEY");

        Assert.Equal(4, await _ima.RunAsync("generate", "a puppy", "--api-key", ""));

        Assert.Equal("", _ima.Out);
        Assert.Contains("Set IMA_API_KEY", _ima.Error, StringComparison.Ordinal);
        Assert.Empty(_ima.Service.Charges);
    }

    [Fact]
    public async Task Without_a_key_a_terminal_gets_the_simulator_and_is_told()
    {
        _ima.Variables.Remove("IMA_API_KEY");
        _ima.IsTerminal = true;

        Assert.Equal(0, await _ima.RunAsync("generate", "a puppy"));

        Assert.Contains("built-in simulator", _ima.Error, StringComparison.Ordinal);
        Assert.Empty(_ima.Service.Charges);
    }

    [Fact]
    public async Task Simulate_goes_before_the_key()
    {
        Assert.Equal(0, await _ima.RunAsync("generate", "a puppy", "--simulate", "--json"));

        Assert.Contains("\"simulated\":true", _ima.Out, StringComparison.Ordinal);
        Assert.Empty(_ima.Service.Charges);
    }

    [Theory]
    [InlineData("https://example.com/")]
    [InlineData("http://10.0.0.1:5080/")]
    [InlineData("nonsense")]
    public async Task A_simulator_is_on_this_machine(string address)
    {
        Assert.Equal(2, await _ima.RunAsync("generate", "a puppy", "--simulator-at", address));
        Assert.Empty(_ima.Service.Charges);
    }

    public void Dispose() => _ima.Dispose();
}
