using Microsoft.Extensions.AI;
using Names = ImaNanoBanana.ImaImageGenerationProperties;

namespace ImaNanoBanana.Tests.ExtensionsAI;

/// <summary>The generator inside the middleware of apps.</summary>
public sealed class GeneratorMiddlewareTests : IDisposable
{
    private readonly GeneratorShop _shop = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Generation_that_is_repeated_with_an_idempotency_key_is_charged_once()
    {
        using var generator = new Repeating(_shop.Generator);
        var options = new ImageGenerationOptions { AdditionalProperties = new() { [Names.IdempotencyKey] = "order-1" } };

        var response = await _shop.RunAsync(generator.GenerateImagesAsync("a puppy", options, Token));

        Assert.Equal(_shop.Simulator.Charges.Single().TaskId, ((ImageResult)response.RawRepresentation!).Task.Id);
        Assert.Equal(1, _shop.Count("create"));
    }

    [Fact]
    public async Task Generation_that_is_repeated_without_a_key_is_charged_again()
    {
        using var generator = new Repeating(_shop.Generator);

        await _shop.RunAsync(generator.GenerateImagesAsync("a puppy", cancellationToken: Token));

        Assert.Equal([6m, 6m], _shop.Charged);
    }

    [Fact]
    public async Task Middleware_changes_the_prompt_and_the_options()
    {
        using var generator = new Styling(_shop.Generator);
        var options =
            new ImageGenerationOptions
            {
                Count = 2,
                RawRepresentationFactory = _ => new ImageRequest("") { AspectRatio = AspectRatio.Landscape16x9 },
            };

        var response = await _shop.RunAsync(generator.GenerateImagesAsync("a puppy", options, Token));

        Assert.Equal(2, response.Contents.Count);
        Assert.Equal(
            ("a puppy, in ink", "16:9", "2K", 2),
            (
                (string?)_shop.Parameters["prompt"],
                (string?)_shop.Parameters["aspect_ratio"],
                (string?)_shop.Parameters["size"],
                (int)_shop.Parameters["n"]!));
        Assert.Null(options.AdditionalProperties);
    }

    [Fact]
    public async Task Hosted_and_fetch_go_through_middleware()
    {
        using var generator = new Styling(_shop.Generator);
        var requested = await _shop.RunAsync(
            generator.GenerateImagesAsync(
                "a puppy", new ImageGenerationOptions { ResponseFormat = ImageGenerationResponseFormat.Hosted }, Token));

        var fetched = await _shop.RunAsync(
            generator.GenerateAsync(new ImageGenerationRequest { OriginalImages = requested.Contents }, null, Token));

        Assert.IsType<UriContent>(Assert.Single(fetched.Contents));
        Assert.Equal([10m], _shop.Charged);
    }

    [Fact]
    public void Services_are_found_through_middleware()
    {
        using var generator = new Styling(_shop.Generator);

        Assert.Same(generator, generator.GetService<IImageGenerator>());
        Assert.Same(_shop.Client, generator.GetService<IImaImageClient>());
        Assert.Same(_shop.Client, generator.GetService<ImaImageClient>());
        var metadata = generator.GetRequiredService<ImageGeneratorMetadata>();
        Assert.Equal(
            ("ima_studio", new Uri("https://api.imastudio.com"), "gemini-3.1-flash-image"),
            (metadata.ProviderName, metadata.ProviderUri, metadata.DefaultModelId));
        Assert.Same(metadata, generator.GetService<ImageGeneratorMetadata>());
    }

    [Fact]
    public void Generator_returns_itself_as_service_and_nothing_with_a_key()
    {
        var generator = _shop.Generator;

        Assert.Same(generator, generator.GetService(typeof(IImageGenerator)));
        Assert.Same(generator, generator.GetService(generator.GetType()));
        Assert.Null(generator.GetService(typeof(IImaImageClient), "tenant-a"));
        Assert.Null(generator.GetService(typeof(ImageGeneratorMetadata), "tenant-a"));
        Assert.Null(generator.GetService(typeof(IChatClient)));
        Assert.Throws<ArgumentNullException>("serviceType", () => generator.GetService(null!));
        Assert.Throws<ArgumentNullException>("client", () => ((IImaImageClient)null!).AsIImageGenerator());
    }

    [Fact]
    public async Task Disposing_does_not_dispose_the_client()
    {
        using (new Styling(_shop.Client.AsIImageGenerator()))
        {
        }

        var task = await _shop.Client.SubmitAsync(new ImageRequest("a puppy"), Token);

        Assert.Equal(_shop.Simulator.Charges.Single().TaskId, task.Id);
    }

    /// <summary>The worst that a retry or a hedge around the generator can do.</summary>
    private sealed class Repeating(IImageGenerator inner) : DelegatingImageGenerator(inner)
    {
        public override async Task<ImageGenerationResponse> GenerateAsync(
            ImageGenerationRequest request, ImageGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            await base.GenerateAsync(request, options, cancellationToken);
            return await base.GenerateAsync(request, options?.Clone(), cancellationToken);
        }
    }

    private sealed class Styling(IImageGenerator inner) : DelegatingImageGenerator(inner)
    {
        public override Task<ImageGenerationResponse> GenerateAsync(
            ImageGenerationRequest request, ImageGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            var styled = options?.Clone() ?? new ImageGenerationOptions();
            styled.AdditionalProperties = new() { [Names.Size] = "2K" };
            var prompt = request.Prompt is { } text ? text + ", in ink" : null;
            return base.GenerateAsync(
                new ImageGenerationRequest { Prompt = prompt, OriginalImages = request.OriginalImages }, styled, cancellationToken);
        }
    }
}
