using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests.Api;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ImaNanoBanana.Tests.Docs.Packages;

/// <summary>The C# of src/ImaNanoBanana.Testing/README.md, compiled and run.</summary>
[SuppressMessage("Usage", "xUnit1051", Justification = "Shown as an app would write it.")]
public class TestingReadmeSnippets
{
    [Fact]
    public async Task App_on_the_simulator()
    {
        // >>>
        var time = new FakeTimeProvider();
        var services = new ServiceCollection().AddSingleton<TimeProvider>(time);
        services.AddImaNanoBanana().UseSimulator();
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<IImaImageClient>();
        var simulator = provider.GetRequiredService<ImaSimulator>();

        var task = await client.SubmitAsync(new ImageRequest("a cute puppy on grass"));
        time.Advance(simulator.ProcessingTime);
        var result = await client.WaitForCompletionAsync(task);
        Console.WriteLine($"{result.Images.Count} image for {simulator.Charges.Single().Credits} simulated credits");
        // <<<
        Assert.Single(result.Images);
    }
}
