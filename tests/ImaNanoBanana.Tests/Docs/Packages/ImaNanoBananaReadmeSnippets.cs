using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests.Api;
using Microsoft.Extensions.DependencyInjection;

namespace ImaNanoBanana.Tests.Docs.Packages;

/// <summary>The C# of src/ImaNanoBanana/README.md, compiled and run.</summary>
public sealed class ImaNanoBananaReadmeSnippets : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => TestFolder.Delete(_folder);

    [Fact]
    public async Task Quoted_image_is_charged_and_saved()
    {
        using var simulator = new ImaSimulator { ProcessingTime = TimeSpan.Zero };
        var services = new ServiceCollection();
        Register(services, "ima_key");
        services.AddImaNanoBanana().UseSimulator(simulator);
        await using var provider = services.BuildServiceProvider();

        await GenerateAsync(provider.GetRequiredService<IImaImageClient>(), _folder.FullName);

        Assert.Single(simulator.Charges);
        Assert.Single(_folder.GetFiles("*.png"));
    }

    private static void Register(IServiceCollection services, string key)
    {
        // >>>
        services.AddImaNanoBanana(options => options.ApiKey = key);
        // <<<
    }

    private static async Task GenerateAsync(IImaImageClient client, string folder)
    {
        // >>>
        var quote = await client.QuoteAsync(new ImageRequest("a cute puppy on grass") { Size = ImageSize.Size2K });
        Console.WriteLine($"{quote.Credits} credits");

        var task = await client.SubmitAsync(quote);
        var result = await client.WaitForCompletionAsync(task);
        var saved = await client.SaveAsync(result, folder);
        Console.WriteLine($"{saved[0].Path}: {saved[0].Width} x {saved[0].Height}");
        // <<<
    }
}
