using ImaNanoBanana.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace ImaNanoBanana.Tests.ExtensionsAI;

public class AddImageGeneratorTests
{
    private static readonly ImageGenerationOptions Hosted = new() { ResponseFormat = ImageGenerationResponseFormat.Hosted };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Generator_is_a_singleton_on_the_registered_client()
    {
        var services = new ServiceCollection();
        services.AddImaNanoBanana().UseSimulator().AddImageGenerator();
        await using var provider = services.BuildServiceProvider();
        var generator = provider.GetRequiredService<IImageGenerator>();

        await generator.GenerateImagesAsync("a puppy", Hosted, Token);

        Assert.Same(generator, provider.GetRequiredService<IImageGenerator>());
        Assert.Same(provider.GetRequiredService<IImaImageClient>(), generator.GetService<IImaImageClient>());
        Assert.Equal([6m], provider.GetRequiredService<ImaSimulator>().Charges.Select(charge => charge.Credits));
    }

    [Fact]
    public async Task Generators_of_keyed_clients_are_keyed_and_share_nothing()
    {
        var services = new ServiceCollection();
        services.AddKeyedImaNanoBanana("tenant-a", _ => { }).UseSimulator().AddImageGenerator();
        services.AddKeyedImaNanoBanana("tenant-b", _ => { }).UseSimulator().AddImageGenerator();
        await using var provider = services.BuildServiceProvider();
        var (a, b) = (
            provider.GetRequiredKeyedService<IImageGenerator>("tenant-a"), provider.GetRequiredKeyedService<IImageGenerator>("tenant-b"));

        await a.GenerateImagesAsync("a puppy", Hosted, Token);
        await b.GenerateImagesAsync("a kitten", Hosted, Token);

        Assert.Null(provider.GetService<IImageGenerator>());
        Assert.Same(provider.GetRequiredKeyedService<IImaImageClient>("tenant-a"), a.GetService<IImaImageClient>());
        Assert.Equal(["a puppy"], provider.GetRequiredKeyedService<ImaSimulator>("tenant-a").Charges.Select(charge => charge.Prompt));
        Assert.Equal(["a kitten"], provider.GetRequiredKeyedService<ImaSimulator>("tenant-b").Charges.Select(charge => charge.Prompt));
    }

    [Fact]
    public async Task Generator_of_a_scope_leaves_the_client_to_the_container()
    {
        var services = new ServiceCollection();
        services.AddImaNanoBanana().UseSimulator().AddImageGenerator();
        services.AddKeyedScoped<IImageGenerator>(
            "scoped", (provider, _) => provider.GetRequiredService<IImaImageClient>().AsIImageGenerator());
        await using var provider = services.BuildServiceProvider();
        await using (var scope = provider.CreateAsyncScope())
        {
            Assert.NotNull(scope.ServiceProvider.GetRequiredKeyedService<IImageGenerator>("scoped"));
        }

        await provider.GetRequiredService<IImageGenerator>().GenerateImagesAsync("a puppy", Hosted, Token);

        Assert.Single(provider.GetRequiredService<ImaSimulator>().Charges);
    }

    [Fact]
    public void Builder_must_not_be_null_and_is_returned()
    {
        var builder = new ServiceCollection().AddImaNanoBanana();

        Assert.Same(builder, builder.AddImageGenerator());
        Assert.Throws<ArgumentNullException>("builder", () => ((IImaNanoBananaBuilder)null!).AddImageGenerator());
    }
}
