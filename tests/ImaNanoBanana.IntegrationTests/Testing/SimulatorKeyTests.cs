using System.Text;
using ImaNanoBanana.IntegrationTests.Sockets;
using ImaNanoBanana.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace ImaNanoBanana.IntegrationTests.Testing;

/// <summary>An API key is for the two hosts of the service, and a simulator at an address is another host.</summary>
public sealed class SimulatorKeyTests
{
    private const string RealKey = "ima_a_key_that_is_in_use";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("tenant-a")]
    public async Task Simulator_at_an_address_does_not_receive_the_key_of_the_app(string name)
    {
        using var simulator = new ImaSimulator { ProcessingTime = TimeSpan.Zero };
        await using var server = await ImaSimulatorServer.StartAsync(simulator, cancellationToken: Token);
        await using var forwarder = new PortForwarder(server.Address.Port);
        var services = new ServiceCollection();
        var builder = name.Length == 0
            ? services.AddImaNanoBanana(options => options.ApiKey = RealKey)
            : services.AddKeyedImaNanoBanana(name, options => options.ApiKey = RealKey);
        builder.UseSimulator(forwarder.Address);
        await using var provider = services.BuildServiceProvider();
        var client = name.Length == 0
            ? provider.GetRequiredService<IImaImageClient>()
            : provider.GetRequiredKeyedService<IImaImageClient>(name);

        await client.GenerateAsync(new ImageRequest("a hat") { Images = [ImageInput.FromBytes(TestImage.Png)] }, Token);

        var received = Encoding.Latin1.GetString(forwarder.Received);
        Assert.DoesNotContain(RealKey, received, StringComparison.Ordinal);
        Assert.Contains("Authorization: Bearer simulated-key", received, StringComparison.Ordinal);
        Assert.Contains("appUid=simulated-key", received, StringComparison.Ordinal);
    }
}
