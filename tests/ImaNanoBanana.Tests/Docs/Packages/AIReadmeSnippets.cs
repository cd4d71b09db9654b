using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests.Api;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace ImaNanoBanana.Tests.Docs.Packages;

/// <summary>The C# of src/ImaNanoBanana.Extensions.AI/README.md, compiled and run.</summary>
[SuppressMessage("Usage", "xUnit1051", Justification = "Shown as an app would write it.")]
public sealed class AIReadmeSnippets
{
    [Fact]
    public async Task App_on_the_abstraction()
    {
        using var simulator = new ImaSimulator { ProcessingTime = TimeSpan.Zero };
        var services = new ServiceCollection();
        services.AddImaNanoBanana().UseSimulator(simulator);
        // >>>
        services.AddImaNanoBanana().AddImageGenerator();
        await using var provider = services.BuildServiceProvider();
        var generator = provider.GetRequiredService<IImageGenerator>();

        var options = new ImageGenerationOptions
        {
            AdditionalProperties = new()
            {
                [ImaImageGenerationProperties.IdempotencyKey] = "order-4711",
                [ImaImageGenerationProperties.MaxCredits] = 20,
            },
        };
        var response = await generator.GenerateImagesAsync("a cute puppy on grass", options);
        Console.WriteLine(((UriContent)response.Contents[0]).Uri);
        // <<<
        Assert.Equal(6, Assert.Single(simulator.Charges).Credits);
    }
}
