using System.Text.Json.Nodes;

namespace ImaNanoBanana.Tests.Client;

public class QuoteTests
{
    private const string Sizes = """
        [{"id":"flash-v1","type":"3","model_id":"gemini-3.1-flash-image","name":"Nano Banana 2","tags":[{"tag_type":"EET","tag_value":"20~35s"}],
          "form_config":[{"field":"aspect_ratio","value":"1:1","options":[{"value":"1:1"},{"value":"16:9"}]},{"field":"size","value":"1K"}],
          "credit_rules":[{"attribute_id":4401,"points":6,"attributes":{"size":"1K"}},{"attribute_id":4403,"points":13,"attributes":{"size":"4K"}},{"attribute_id":0,"points":1,"attributes":{"size":"x"}}],
          "files":{"minLimit":2,"maxLimit":14}},
         {"id":"flash-v2","type":"3","model_id":"gemini-3.1-flash-image","name":"Nano Banana 2","form_config":[],"credit_rules":[]}]
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Quote_returns_what_would_be_submitted_and_submits_nothing()
    {
        using var handler = new ScriptedHandler().With("list", (200, $$"""{"code":200,"data":{{Sizes}}}"""));
        using var client = TestClient.Create(handler);

        var quote = await client.QuoteAsync(
            new ImageRequest("a puppy")
            {
                Size = new ImageSize("8k"),
                AspectRatio = AspectRatio.Landscape16x9,
                Count = 2,
                ModelVersion = "flash-v1",
            },
            Token);

        Assert.Equal(
            (
                ImageTaskType.TextToImage,
                ImageModel.NanoBanana2,
                "Nano Banana 2",
                "flash-v1",
                (ImageSize?)ImageSize.Size4K,
                (AspectRatio?)AspectRatio.Landscape16x9,
                2,
                13m,
                26m),
            (
                quote.TaskType,
                quote.Model,
                quote.ModelName,
                quote.ModelVersion,
                quote.Size,
                quote.AspectRatio,
                quote.Count,
                quote.CreditsPerImage,
                quote.Credits));
        Assert.Equal((TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(35)), (quote.MinExpectedDuration, quote.MaxExpectedDuration));
        Assert.Equal([new ImageAdjustment(ImageAdjustmentKind.Size8KTo4K, "size", "8k", "4K")], quote.Adjustments);
        Assert.Equal(0, handler.Count("create"));
    }

    [Fact]
    public async Task Submitting_a_quote_submits_exactly_the_quoted_request_even_if_the_list_has_changed()
    {
        using var handler = new ScriptedHandler().With(
            "list", (200, $$"""{"code":200,"data":{{Sizes}}}"""), (200, """{"code":200,"data":[]}"""));
        using var client = TestClient.Create(handler);
        var quote = await client.QuoteAsync(new ImageRequest("a puppy") { Size = new ImageSize("8K"), ModelVersion = "flash-v1" }, Token);

        var task = await client.SubmitAsync(quote, Token);

        var create = JsonNode.Parse(handler.Requests.Single(request => request.Endpoint == "create").Body)!["parameters"]![0]!;
        Assert.Equal((13, 4403, "4K"), ((int)create["credit"]!, (int)create["attribute_id"]!, (string?)create["parameters"]!["size"]));
        Assert.Equal((13m, ImageSize.Size4K), (task.Credits, task.Size));
        Assert.Equal(quote.Adjustments, task.Adjustments);
        Assert.Equal(1, handler.Count("list"));
    }

    [Fact]
    public async Task Submitting_a_quote_twice_submits_twice_with_two_keys()
    {
        using var handler = new ScriptedHandler();
        using var client = TestClient.Create(handler);
        var quote = await client.QuoteAsync(new ImageRequest("a puppy"), Token);

        var first = await client.SubmitAsync(quote, Token);
        var second = await client.SubmitAsync(quote, Token);

        Assert.NotEqual(first.IdempotencyKey, second.IdempotencyKey);
        Assert.Equal(2, handler.Count("create"));
    }

    [Fact]
    public void Quote_that_was_created_by_hand_submits_nothing()
    {
        using var handler = new ScriptedHandler();
        using var client = TestClient.Create(handler);
        var quote = new ImageQuote
        {
            TaskType = ImageTaskType.TextToImage,
            Model = ImageModel.NanoBanana2,
            ModelName = "x",
            ModelVersion = "y",
            Count = 1,
            CreditsPerImage = 0,
        };

        var exception = Assert.Throws<ImaException>(() => { _ = client.SubmitAsync(quote, Token); });

        Assert.Equal((ImaErrorKind.InvalidRequest, "quote"), (exception.Kind, exception.ParameterName));
        Assert.Empty(handler.Requests);
    }

    [Fact]
    public async Task Rejected_request_submits_nothing()
    {
        using var handler = new ScriptedHandler();
        using var client = TestClient.Create(handler);

        var exception = await Assert.ThrowsAsync<ImaException>(
            () => client.GenerateAsync(new ImageRequest("a puppy") { MaxCredits = 5 }, Token));

        Assert.Equal(ImaErrorKind.BudgetExceeded, exception.Kind);
        Assert.Throws<ImaException>(
            () => { _ = client.GenerateAsync(new ImageRequest("a puppy") { Model = new ImageModel("other") }, Token); });
        Assert.Equal(["list"], handler.Requests.Select(request => request.Endpoint));
    }

    [Fact]
    public async Task Models_are_listed_with_their_options()
    {
        using var handler = new ScriptedHandler().With("list", (200, $$"""{"code":200,"data":{{Sizes}}}"""));
        using var client = TestClient.Create(handler);

        var models = await client.ListModelsAsync(ImageTaskType.ImageToImage, Token);

        Assert.Equal([("flash-v1", false), ("flash-v2", true)], models.Select(model => (model.Version, model.IsCurrent)));
        var model = models[0];
        Assert.Equal(
            (ImageModel.NanoBanana2, "Nano Banana 2", ImageTaskType.ImageToImage, 2, 14),
            (model.Model, model.Name, model.TaskType, model.MinImages, model.MaxImages));
        Assert.Equal(1, models[1].MinImages);
        Assert.Equal(["1K", "4K", "x"], model.Sizes.Select(size => size.Value));
        Assert.Equal([AspectRatio.Square1x1, AspectRatio.Landscape16x9], model.AspectRatios);
        Assert.Equal(
            ["4401 6 size=1K", "4403 13 size=4K"],
            model.Prices.Select(price => $"{price.AttributeId} {price.CreditsPerImage} size={price.Conditions["size"]}"));
        Assert.Equal((TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(40)), (models[1].MinExpectedDuration, models[1].MaxExpectedDuration));
    }

    [Fact]
    public async Task Condition_of_a_price_without_a_value_is_listed_as_empty_text()
    {
        using var handler = new ScriptedHandler().With("list", (200, $$"""{"code":200,"data":{{Sizes.Replace(
            "\"size\":\"4K\"", "\"size\":\"4K\",\"style\":null", StringComparison.Ordinal)}}}"""));
        using var client = TestClient.Create(handler);

        var models = await client.ListModelsAsync(ImageTaskType.TextToImage, Token);

        Assert.Equal(
            ["size=1K", "size=4K,style="],
            models[0].Prices.Select(price => string.Join(',', price.Conditions.Select(condition => $"{condition.Key}={condition.Value}"))));
    }

    [Theory]
    [InlineData("list", null)]
    [InlineData("quote", "order-1")]
    public async Task Cancelled_by_the_caller_nothing_was_charged(string call, string? key)
    {
        using var handler = new ScriptedHandler();
        using var client = TestClient.Create(handler);
        var cancelled = new CancellationToken(canceled: true);

        var error = await Assert.ThrowsAsync<ImageGenerationCanceledException>(() => call == "list"
            ? client.ListModelsAsync(cancellationToken: cancelled)
            : client.QuoteAsync(new ImageRequest("a puppy") { IdempotencyKey = "order-1" }, cancelled));

        Assert.Equal(
            (ImaChargeStatus.NotCharged, key, cancelled, "Cancelled. No credits were spent."),
            (error.ChargeStatus, error.IdempotencyKey, error.CancellationToken, error.Message));
    }

    [Fact]
    public async Task All_models_are_those_of_both_task_types()
    {
        using var handler = new ScriptedHandler();
        using var client = TestClient.Create(handler);

        var models = await client.ListModelsAsync(cancellationToken: Token);

        Assert.Equal([ImageTaskType.TextToImage, ImageTaskType.ImageToImage], models.Select(model => model.TaskType));
        Assert.Equal([0, 1], models.Select(model => model.MinImages));
        Assert.Equal([0, null], models.Select(model => model.MaxImages));
    }
}
