using Microsoft.Extensions.AI;
using NSubstitute;
using Names = ImaNanoBanana.ImaImageGenerationProperties;

namespace ImaNanoBanana.Tests.ExtensionsAI;

/// <summary>A request that the app created itself, and what the other options add to it.</summary>
public sealed class RawRequestTests
{
    private static readonly ImageRequest Full = new("")
    {
        Model = ImageModel.NanoBananaPro,
        ModelVersion = "v2",
        Size = ImageSize.Size2K,
        AspectRatio = AspectRatio.Landscape16x9,
        Count = 2,
        TaskType = ImageTaskType.ImageToImage,
        Parameters = ImageParameters.Parse("""{"seed": 7}"""),
        MaxCredits = 30,
        Budget = new CreditBudget(100),
        AllowSmallerSize = true,
        IdempotencyKey = "order-1",
        Language = ImaLanguage.Chinese,
    };

    private readonly IImaImageClient _client = Substitute.For<IImaImageClient>();
    private readonly List<ImageRequest> _orders = [];

    public RawRequestTests() => _client.GenerateAsync(Arg.Do<ImageRequest>(_orders.Add), Arg.Any<CancellationToken>())
        .Returns(new ImageResult(new ImageTask("task_1"), [new GeneratedImage(new Uri("https://images.test/1"))]));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("a puppy")]
    public async Task Request_of_the_app_is_submitted_with_the_prompt_of_the_call(string? prompt)
    {
        await GenerateAsync(new ImageGenerationOptions { RawRepresentationFactory = _ => Full with { Prompt = prompt! } });

        Assert.Equal(Full with { Prompt = "a puppy", Images = _orders.Single().Images }, Assert.Single(_orders));
    }

    [Fact]
    public async Task Options_fill_unset_values_of_the_request_and_may_repeat_set_ones()
    {
        var options = new ImageGenerationOptions
        {
            Count = 2,
            ModelId = "gemini-3-pro-image",
            AdditionalProperties = new() { [Names.Size] = "2k", [Names.IdempotencyKey] = "order-1", [Names.AllowSmallerSize] = true },
            RawRepresentationFactory = _ =>
                new ImageRequest("") { Count = 2, Size = ImageSize.Size2K, IdempotencyKey = "order-1", MaxCredits = 30 },
        };

        await GenerateAsync(options);

        Assert.Equal(
            new ImageRequest("a puppy")
            {
                Model = ImageModel.NanoBananaPro,
                Count = 2,
                Size = ImageSize.Size2K,
                IdempotencyKey = "order-1",
                MaxCredits = 30,
                AllowSmallerSize = true,
                Images = _orders.Single().Images,
            },
            _orders.Single());
    }

    [Fact]
    public async Task Images_of_the_request_follow_those_of_the_call()
    {
        var own = ImageInput.FromUrl("https://images.example/2.png");
        var options = new ImageGenerationOptions { RawRepresentationFactory = _ => new ImageRequest("") { Images = [own] } };

        await GenerateAsync(options, new UriContent("https://images.example/1.png", "image/png"));

        Assert.Equal(2, _orders.Single().Images.Count);
        Assert.Same(own, _orders.Single().Images[1]);
    }

    public static TheoryData<string, ImageGenerationOptions> Contradictions() => new()
    {
        { "ModelId", new() { ModelId = "gemini-3.1-flash-image" } },
        { "Count", new() { Count = 1 } },
        { Names.AspectRatio, Setting(Names.AspectRatio, "1:1") },
        { Names.Size, Setting(Names.Size, "4K") },
        { Names.IdempotencyKey, Setting(Names.IdempotencyKey, "order-2") },
        { Names.MaxCredits, Setting(Names.MaxCredits, 40) },
        { Names.Budget, Setting(Names.Budget, new CreditBudget(100)) },
        { Names.AllowSmallerSize, Setting(Names.AllowSmallerSize, false) },
        { Names.ModelVersion, Setting(Names.ModelVersion, "v3") },
        { Names.TaskType, Setting(Names.TaskType, "text_to_image") },
        { Names.Language, Setting(Names.Language, "en") },
        { Names.Parameters, Setting(Names.Parameters, """{"seed": 8}""") },
    };

    [Theory]
    [MemberData(nameof(Contradictions), DisableDiscoveryEnumeration = true)]
    public async Task Value_that_is_given_twice_differently_is_rejected(string name, ImageGenerationOptions options)
    {
        options.RawRepresentationFactory = _ => Full;

        var exception = await Assert.ThrowsAsync<ArgumentException>(() => GenerateAsync(options));

        Assert.Equal($"'{name}' was given twice, with different values. Give it once. Nothing was submitted.", exception.Message);
        Assert.Empty(_client.ReceivedCalls());
    }

    [Fact]
    public async Task Request_with_another_prompt_is_rejected()
    {
        var exception = await Assert.ThrowsAsync<ArgumentException>(() =>
            GenerateAsync(new ImageGenerationOptions { RawRepresentationFactory = _ => new ImageRequest("a kitten") }));

        Assert.Equal(
            "RawRepresentationFactory returned an ImageRequest whose prompt differs from the request's prompt. Leave its prompt empty. "
                + "Nothing was submitted.",
            exception.Message);
        Assert.Empty(_client.ReceivedCalls());
    }

    [Fact]
    public async Task Factory_result_that_is_not_a_request_is_rejected_and_null_is_ignored()
    {
        var exception = await Assert.ThrowsAsync<ArgumentException>(() =>
            GenerateAsync(new ImageGenerationOptions { RawRepresentationFactory = _ => "16:9" }));
        Assert.Equal(
            "RawRepresentationFactory returned a String. It must return an ImageRequest. Nothing was submitted.", exception.Message);
        Assert.Empty(_client.ReceivedCalls());

        await GenerateAsync(new ImageGenerationOptions { RawRepresentationFactory = _ => null });
        Assert.Equal("a puppy", _orders.Single().Prompt);
    }

    [Fact]
    public async Task Factory_is_called_once_with_the_generator()
    {
        var asked = new List<IImageGenerator>();
        var generator = _client.AsIImageGenerator();
        var options = new ImageGenerationOptions
        {
            RawRepresentationFactory = given =>
            {
                asked.Add(given);
                return new ImageRequest("");
            },
        };

        await generator.GenerateAsync(new ImageGenerationRequest("a puppy"), options, Token);

        Assert.Same(generator, Assert.Single(asked));
    }

    private static ImageGenerationOptions Setting(string name, object value) => new() { AdditionalProperties = new() { [name] = value } };

    private Task<ImageGenerationResponse> GenerateAsync(ImageGenerationOptions options, params AIContent[] images) =>
        _client.AsIImageGenerator().GenerateAsync(new ImageGenerationRequest("a puppy", images), options, Token);
}
