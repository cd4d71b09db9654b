using System.Text.Json;
using Microsoft.Extensions.AI;
using NSubstitute;
using Names = ImaNanoBanana.ImaImageGenerationProperties;

namespace ImaNanoBanana.Tests.ExtensionsAI;

/// <summary>The effect of options on the request that the client receives.</summary>
public sealed class GeneratorOptionsTests
{
    private static readonly CreditBudget Budget = new(100);

    private readonly IImaImageClient _client = Substitute.For<IImaImageClient>();
    private readonly List<ImageRequest> _orders = [];

    public GeneratorOptionsTests() => _client.GenerateAsync(Arg.Do<ImageRequest>(_orders.Add), Arg.Any<CancellationToken>())
        .Returns(new ImageResult(new ImageTask("task_1"), [new GeneratedImage(new Uri("https://images.test/1"))]));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A name, a value, and the request that they produce.</summary>
    public static TheoryData<string, object?, ImageRequest> Settings()
    {
        var submission = new ImageRequest("a puppy");
        return new()
        {
            { Names.AspectRatio, "16:9", submission with { AspectRatio = AspectRatio.Landscape16x9 } },
            { Names.AspectRatio, AspectRatio.Landscape16x9, submission with { AspectRatio = AspectRatio.Landscape16x9 } },
            { "IMA_Aspect_Ratio", Json("\"16:9\""), submission with { AspectRatio = AspectRatio.Landscape16x9 } },
            { Names.Size, "2K", submission with { Size = ImageSize.Size2K } },
            { Names.Size, ImageSize.Size2K, submission with { Size = ImageSize.Size2K } },
            { Names.IdempotencyKey, "order-1", submission with { IdempotencyKey = "order-1" } },
            { Names.IdempotencyKey, Json("\"order-1\""), submission with { IdempotencyKey = "order-1" } },
            { Names.MaxCredits, 6.5m, submission with { MaxCredits = 6.5m } },
            { Names.MaxCredits, 6, submission with { MaxCredits = 6 } },
            { Names.MaxCredits, 6L, submission with { MaxCredits = 6 } },
            { Names.MaxCredits, 6.5, submission with { MaxCredits = 6.5m } },
            { Names.MaxCredits, Json("6.5"), submission with { MaxCredits = 6.5m } },
            { Names.Budget, Budget, submission with { Budget = Budget } },
            { Names.AllowSmallerSize, true, submission with { AllowSmallerSize = true } },
            { Names.AllowSmallerSize, Json("true"), submission with { AllowSmallerSize = true } },
            { Names.AllowSmallerSize, Json("false"), submission },
            { Names.ModelVersion, "v2", submission with { ModelVersion = "v2" } },
            { Names.TaskType, "image_to_image", submission with { TaskType = ImageTaskType.ImageToImage } },
            { Names.TaskType, ImageTaskType.ImageToImage, submission with { TaskType = ImageTaskType.ImageToImage } },
            { Names.Language, "zh", submission with { Language = ImaLanguage.Chinese } },
            { Names.Language, ImaLanguage.Chinese, submission with { Language = ImaLanguage.Chinese } },
            { Names.IdempotencyKey, null, submission },
            { Names.MaxCredits, Json("null"), submission },
            { "seed", 7, submission },
            { "size", "4K", submission },
            { "imagination", true, submission },
        };
    }

    [Theory]
    [MemberData(nameof(Settings), DisableDiscoveryEnumeration = true)]
    public async Task Setting_is_applied_to_the_submission(string name, object? value, ImageRequest expected)
    {
        await GenerateAsync(new ImageGenerationOptions { AdditionalProperties = new() { [name] = value } });

        var submission = Assert.Single(_orders);
        Assert.Empty(submission.Images);
        Assert.Equal(expected, submission with { Images = expected.Images });
    }

    public static TheoryData<object> ParameterForms() => new(
        ImageParameters.Parse("""{"seed": 7, "style": "ink"}"""), """{"seed": 7, "style": "ink"}""", Json("""{"seed": 7, "style": "ink"}"""), Json("\"{\\\"seed\\\": 7, \\\"style\\\": \\\"ink\\\"}\""));

    [Theory]
    [MemberData(nameof(ParameterForms), DisableDiscoveryEnumeration = true)]
    public async Task Further_parameters_are_accepted_in_any_form(object parameters)
    {
        await GenerateAsync(new ImageGenerationOptions { AdditionalProperties = new() { [Names.Parameters] = parameters } });

        Assert.Equal(["seed=7", "style=ink"], Assert.Single(_orders).Parameters.Select(parameter => $"{parameter.Key}={parameter.Value}"));
    }

    public static TheoryData<string, object, string> WrongTypes() => new()
    {
        { Names.AspectRatio, 1.78, "'ima_aspect_ratio' in AdditionalProperties must be a string, not Double. Nothing was submitted." },
        { Names.AspectRatio, ImageSize.Size2K, "'ima_aspect_ratio' in AdditionalProperties must be a string, not ImageSize. Nothing was "
            + "submitted." },
        { Names.Size, 512, "'ima_size' in AdditionalProperties must be a string, not Int32. Nothing was submitted." },
        { Names.IdempotencyKey, 4711, "'ima_idempotency_key' in AdditionalProperties must be a string, not Int32. Nothing was submitted." },
        { Names.IdempotencyKey, Json("4711"), "'ima_idempotency_key' in AdditionalProperties must be a string, not a JSON Number. Nothing "
            + "was submitted." },
        {
            Names.MaxCredits,
            "10",
            "'ima_max_credits' in AdditionalProperties must be a number of credits, not String. Nothing was submitted."
        },
        { Names.MaxCredits, Json("\"10\""), "'ima_max_credits' in AdditionalProperties must be a number of credits, not a JSON "
            + "String. Nothing was submitted." },
        { Names.MaxCredits, Json("1e99"), "'ima_max_credits' in AdditionalProperties must be a number of credits, not a JSON Number. "
            + "Nothing was submitted." },
        { Names.MaxCredits, double.NaN, "'ima_max_credits' in AdditionalProperties must be a number of credits, not Double. Nothing "
            + "was submitted." },
        { Names.MaxCredits, double.PositiveInfinity, "'ima_max_credits' in AdditionalProperties must be a number of credits, not "
            + "Double. Nothing was submitted." },
        { Names.Budget, 100m, "'ima_budget' in AdditionalProperties must be a CreditBudget, not Decimal. Nothing was submitted." },
        { Names.AllowSmallerSize, "true", "'ima_allow_smaller_size' in AdditionalProperties must be true or false, not String. "
            + "Nothing was submitted." },
        { Names.ModelVersion, 2, "'ima_model_version' in AdditionalProperties must be a string, not Int32. Nothing was submitted." },
        { Names.TaskType, 1, "'ima_task_type' in AdditionalProperties must be a string, not Int32. Nothing was submitted." },
        { Names.Language, false, "'ima_language' in AdditionalProperties must be a string, not Boolean. Nothing was submitted." },
        { Names.Parameters, 7, "'ima_parameters' in AdditionalProperties must be a dictionary of JsonElement, a JSON object, or a "
            + "string that contains one, not Int32. Nothing was submitted." },
        { Names.Parameters, Json("[7]"), "'ima_parameters' in AdditionalProperties must be a dictionary of JsonElement, a JSON "
            + "object, or a string that contains one, not a JSON Array. Nothing was submitted." },
    };

    [Theory]
    [MemberData(nameof(WrongTypes), DisableDiscoveryEnumeration = true)]
    public async Task Value_of_another_type_is_rejected(string name, object value, string message)
    {
        var exception = await Assert.ThrowsAsync<ArgumentException>(
            () => GenerateAsync(new ImageGenerationOptions { AdditionalProperties = new() { [name] = value } }));

        Assert.Equal(message, exception.Message);
        Assert.Empty(_client.ReceivedCalls());
    }

    [Theory]
    [InlineData("ima_max_credit")]
    [InlineData("ima_maxcredits")]
    [InlineData("IMA_ratio")]
    [InlineData("ima_")]
    [InlineData("max_credits")]
    [InlineData("MaxCredits")]
    [InlineData("max-credits")]
    [InlineData("ima.max_credits")]
    [InlineData("imaMaxCredits")]
    [InlineData("idempotency_key")]
    [InlineData("idempotencyKey")]
    [InlineData("ima:idempotency-key")]
    [InlineData(Names.Credits)]
    [InlineData(Names.Task)]
    [InlineData(Names.RequestedPixels)]
    [InlineData(Names.Adjustments)]
    [InlineData(Names.Failures)]
    public async Task Name_with_the_prefix_of_the_sdk_that_is_not_a_setting_is_rejected(string name)
    {
        var exception = await Assert.ThrowsAsync<ArgumentException>(
            () => GenerateAsync(new ImageGenerationOptions { AdditionalProperties = new() { [name] = null } }));

        Assert.Equal(
            $"'{name}' in AdditionalProperties is not a supported setting. Use one of: ima_aspect_ratio, ima_size, ima_idempotency_key, "
                + "ima_max_credits, ima_budget, ima_allow_smaller_size, ima_model_version, ima_task_type, ima_language, "
                    + "ima_parameters. Nothing was submitted.",
            exception.Message);
        Assert.Empty(_client.ReceivedCalls());
    }

    [Fact]
    public async Task Options_from_json_make_the_same_submission()
    {
        var options = new ImageGenerationOptions
        {
            ModelId = "gemini-3-pro-image",
            Count = 2,
            AdditionalProperties =
                new()
                {
                    [Names.AspectRatio] = "16:9",
                    [Names.MaxCredits] = 20.5m,
                    [Names.AllowSmallerSize] = true,
                    [Names.IdempotencyKey] = "order-1",
                },
        };
        var json = JsonSerializer.Serialize(options, AIJsonUtilities.DefaultOptions);

        await GenerateAsync(options);
        await GenerateAsync(JsonSerializer.Deserialize<ImageGenerationOptions>(json, AIJsonUtilities.DefaultOptions)!);

        Assert.Equal(
            new ImageRequest("a puppy")
            {
                Model = ImageModel.NanoBananaPro,
                Count = 2,
                AspectRatio = AspectRatio.Landscape16x9,
                MaxCredits = 20.5m,
                AllowSmallerSize = true,
                IdempotencyKey = "order-1",
                Images = _orders[0].Images,
            },
            _orders[0]);
        Assert.Equal(_orders[0], _orders[1] with { Images = _orders[0].Images });
    }

    [Fact]
    public async Task Clone_of_options_makes_the_same_submission()
    {
        var options = new ImageGenerationOptions { Count = 2, StreamingCount = 3, AdditionalProperties = new() { [Names.Size] = "2K" } };

        await GenerateAsync(options);
        await GenerateAsync(options.Clone());

        Assert.Equal(_orders[0], _orders[1] with { Images = _orders[0].Images });
    }

    private Task<ImageGenerationResponse> GenerateAsync(ImageGenerationOptions options) =>
        _client.AsIImageGenerator().GenerateAsync(new ImageGenerationRequest("a puppy"), options, Token);

    private static JsonElement Json(string json) => JsonElement.Parse(json);
}
