using System.Text.Json;
using ImaNanoBanana.Testing;

namespace ImaNanoBanana.Tests.Client;

/// <summary>A model that the SDK does not know, from its quote to its image, on the simulator.</summary>
public sealed class AdditionalModelClientTests : IDisposable
{
    private static readonly ImageRequest Fox = new("a fox") { Model = new ImageModel("gemini-nano-banana-2.1") };

    private readonly TestTimeProvider _time = new();
    private readonly ImaSimulator _simulator;
    private readonly ImaImageClient _client;

    public AdditionalModelClientTests()
    {
        _simulator = new ImaSimulator(_time) { ProcessingTime = TimeSpan.Zero };
        _simulator.AddModel(SimulatedModel.Newer);
        var options = new ImaNanoBananaOptions { ApiKey = "ima_test_key" };
        options.AdditionalModels.Add("gemini-nano-banana-2.1");
        _client = TestClients.Create(options, _simulator, _time);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _client.Dispose();
        _simulator.Dispose();
    }

    [Fact]
    public async Task Model_is_listed_quoted_and_generated_at_its_own_price()
    {
        var listed = (await _client.ListModelsAsync(ImageTaskType.TextToImage, Token)).Single(model => model.Model == Fox.Model);
        var quote = await _client.QuoteAsync(Fox with { Size = ImageSize.Size4K, Count = 2 }, Token);
        var result = await _client.GenerateAsync(Fox, Token);

        Assert.Equal(["2K", "4K"], listed.Sizes.Select(size => size.Value));
        Assert.Equal(["1:1", "3:2", "16:9"], listed.AspectRatios.Select(ratio => ratio.Value));
        Assert.Equal(("Nano Banana 2.1", 24m), (quote.ModelName, quote.Credits));
        Assert.Equal(
            ("Nano Banana 2.1", "2K", "1:1", 8m),
            (result.Task.ModelName, result.Task.Size?.Value, result.Task.AspectRatio?.Value, result.Task.Credits));
        Assert.Equal([8m], _simulator.Charges.Select(charge => charge.Credits));
        Assert.Empty(_simulator.Violations);
        Assert.Equal(Fox.Model, ImageTask.FromHandle(result.Task.ToHandle()).Model);
    }

    [Fact]
    public async Task Source_images_are_edited_too()
    {
        var request = Fox with { Images = [ImageInput.FromUrl("https://example.com/fox.png")] };

        Assert.Equal(8, (await _client.GenerateAsync(request, Token)).Task.Credits);
        Assert.Empty(_simulator.Violations);
    }

    [Fact]
    public async Task Price_that_rose_after_the_quote_is_not_paid()
    {
        var quote = await _client.QuoteAsync(Fox, Token);
        _simulator.Scenario.PriceChange(9);

        var exception = await Assert.ThrowsAsync<ImaException>(() => _client.SubmitAsync(quote, Token));

        Assert.Equal((ImaErrorKind.PriceChanged, 8m, 9m), (exception.Kind, exception.AllowedCredits, exception.RequiredCredits));
        _simulator.Ledger.ShouldBeEmpty();
    }

    [Fact]
    public async Task Value_that_is_not_offered_is_refused_before_anything_is_sent()
    {
        var exception = await Assert.ThrowsAsync<ImaException>(
            () => _client.GenerateAsync(Fox with { AspectRatio = AspectRatio.Portrait9x16 }, Token));

        Assert.Equal(["1:1", "3:2", "16:9"], exception.AllowedValues);
        Assert.Equal(["list"], _simulator.Requests.Select(request => request.Endpoint));
    }

    [Fact]
    public async Task Other_client_refuses_the_model_without_a_request()
    {
        using var simulator = new ImaSimulator(_time);
        using var client = TestClient.Create(simulator, _time);

        var exception = await Assert.ThrowsAsync<ImaException>(() => client.GenerateAsync(Fox, Token));

        Assert.Equal(ImaInvalidRequestReason.Model, exception.InvalidRequestReason);
        Assert.Empty(simulator.Requests);
    }

    [Fact]
    public async Task Options_are_read_once()
    {
        var options = new ImaNanoBananaOptions { ApiKey = "ima_test_key" };
        using var client = TestClients.Create(options, _simulator, _time);
        options.AdditionalModels.Add("gemini-nano-banana-2.1");

        await Assert.ThrowsAsync<ImaException>(() => client.QuoteAsync(Fox, Token));
    }

    [Fact]
    public async Task Request_and_quote_keep_the_model_in_JSON()
    {
        var request = JsonSerializer.Deserialize(
            JsonSerializer.Serialize(Fox, ImaNanoBananaJsonContext.Default.ImageRequest), ImaNanoBananaJsonContext.Default.ImageRequest);
        var quote = await _client.QuoteAsync(request!, Token);

        Assert.Equal(Fox.Model, request!.Model);
        Assert.Equal(
            Fox.Model,
            JsonSerializer.Deserialize(
                JsonSerializer.Serialize(quote, ImaNanoBananaJsonContext.Default.ImageQuote),
                ImaNanoBananaJsonContext.Default.ImageQuote)!.Model);
    }

    [Fact]
    public void Model_of_the_simulator_needs_ratios_and_prices()
    {
        Assert.Throws<ArgumentNullException>("model", () => _simulator.AddModel(null!));
        foreach (var model in new[]
        {
            SimulatedModel.Newer with { Id = "" }, SimulatedModel.Newer with { Name = "" },
            SimulatedModel.Newer with { AspectRatios = [] }, SimulatedModel.Newer with { Prices = [] },
        })
        {
            Assert.Throws<ArgumentException>("model", () => _simulator.AddModel(model));
        }
    }

    [Fact]
    public async Task Added_models_have_their_own_attributes()
    {
        _simulator.AddModel(SimulatedModel.Newer with { Version = "second", Prices = [new("1K", 5), new("4K", 11)] });

        Assert.Equal(5, (await _client.SubmitAsync(Fox, Token)).Credits);
        Assert.Equal(8, (await _client.SubmitAsync(Fox with { ModelVersion = "gemini-nano-banana-2.1-preview" }, Token)).Credits);
        Assert.Empty(_simulator.Violations);
    }
}
