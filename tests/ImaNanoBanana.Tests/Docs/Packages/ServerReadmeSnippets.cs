using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests.Api;
using Microsoft.Extensions.DependencyInjection;

namespace ImaNanoBanana.Tests.Docs.Packages;

/// <summary>The C# of src/ImaNanoBanana.Testing.Server/README.md, compiled and run.</summary>
[SuppressMessage("Usage", "xUnit1051", Justification = "Shown as an app would write it.")]
public class ServerReadmeSnippets
{
    [Fact]
    public async Task App_is_pointed_at_the_server()
    {
        // >>>
        await using var server = await ImaSimulatorServer.StartAsync();
        Console.WriteLine($"The service's endpoints are at {server.Address}");
        // <<<
        var services = new ServiceCollection();
        Register(services, server.Address);
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<IImaImageClient>().SubmitAsync(new ImageRequest("a cute puppy on grass"));

        Assert.Single(server.Simulator.Charges);
    }

    private static void Register(IServiceCollection services, Uri address)
    {
        // >>>
        services.AddImaNanoBanana().UseSimulator(address);
        // <<<
    }
}
