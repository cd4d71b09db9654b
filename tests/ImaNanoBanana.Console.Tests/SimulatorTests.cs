using System.Text.Json;

namespace ImaNanoBanana.Console.Tests;

public sealed class SimulatorTests : IDisposable
{
    private readonly CliRun _ima = new();

    [Fact]
    public async Task It_prints_its_address_and_what_was_submitted()
    {
        Assert.Equal(0, await _ima.InterruptedAsync("The simulator is running", "simulator"));

        Assert.Matches(@"^http://127\.0\.0\.1:\d+/\n$", _ima.Out);
        Assert.Contains(
            $"--simulator-at {_ima.Out.TrimEnd()}. Press Ctrl-C to stop it.\nSubmissions: 0, credits: 0\n",
            _ima.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_address_is_JSON_if_requested()
    {
        Assert.Equal(0, await _ima.InterruptedAsync("The simulator is running", "simulator", "--json"));

        Assert.Equal("127.0.0.1", new Uri(JsonDocument.Parse(_ima.Out).RootElement.GetProperty("address").GetString()!).Host);
    }

    public void Dispose() => _ima.Dispose();
}
