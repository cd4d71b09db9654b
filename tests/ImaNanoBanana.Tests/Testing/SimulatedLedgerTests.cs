using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Testing;

public sealed class SimulatedLedgerTests : IDisposable
{
    private readonly TestTimeProvider _time = new();
    private readonly ImaSimulator _simulator;
    private readonly ImaImageClient _client;

    public SimulatedLedgerTests()
    {
        _simulator = new ImaSimulator(_time);
        _client = TestClient.Create(_simulator, _time);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Credits_of_all_submissions_and_all_their_images_are_counted()
    {
        _simulator.Ledger.ShouldBeEmpty();
        _simulator.Ledger.ShouldHaveCharged(0);

        await _client.SubmitAsync(new ImageRequest("a puppy") { Count = 3 }, Token);
        await _client.SubmitAsync(new ImageRequest("a kitten") { Size = ImageSize.Size4K }, Token);

        _simulator.Ledger.ShouldHaveCharged(31);
    }

    [Fact]
    public async Task Wrong_sum_is_reported_with_every_charge()
    {
        await _client.SubmitAsync(new ImageRequest("a puppy\non grass"), Token);
        _time.Advance(TimeSpan.FromSeconds(90));
        await _client.SubmitAsync(new ImageRequest(new string('x', 61)) { Count = 2 }, Token);
        const string Charges = """
             The charges (2):
              task_sim_000001  6 credits  2026-01-01 00:00:00Z  a puppy on grass
              task_sim_000002  12 credits  2026-01-01 00:01:30Z  xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
            """;

        var sum = Assert.Throws<InvalidOperationException>(() => _simulator.Ledger.ShouldHaveCharged(6.5m));
        var any = Assert.Throws<InvalidOperationException>(_simulator.Ledger.ShouldBeEmpty);

        Assert.Equal("Expected 6.5 credits to be charged, but 18 were charged." + Charges, sum.Message);
        Assert.Equal("Expected no charges." + Charges, any.Message);
    }

    [Fact]
    public void Missing_charge_is_reported() => Assert.Equal(
        "Expected 6 credits to be charged, but 0 were charged. There are no charges.",
        Assert.Throws<InvalidOperationException>(() => _simulator.Ledger.ShouldHaveCharged(6)).Message);

    public void Dispose()
    {
        _client.Dispose();
        _simulator.Dispose();
    }
}
