using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace ImaNanoBanana.Tests.Docs;

/// <summary>The C# of docs/testing.md, compiled and run.</summary>
public class TestingSnippets
{
    [Fact]
    [SuppressMessage("Usage", "xUnit1051", Justification = "Shown as an app's test would be written.")]
    public async Task App_on_the_simulator()
    {
        // >>>
        var time = new ManualTimeProvider();
        var services = new ServiceCollection().AddSingleton<TimeProvider>(time);
        services.AddImaNanoBanana().UseSimulator();
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<IImaImageClient>();
        var simulator = provider.GetRequiredService<ImaSimulator>();

        var task = await client.StartAsync(new ImageRequest("a cute puppy on grass"));
        time.Advance(simulator.ProcessingTime);
        var result = await client.WaitAsync(task);

        Assert.Single(result.Images);
        Assert.Equal(6, simulator.Charges.Single().Credits);
        Assert.Empty(simulator.Violations);
        // <<<
    }
}
