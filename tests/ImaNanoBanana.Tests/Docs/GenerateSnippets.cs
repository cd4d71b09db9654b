namespace ImaNanoBanana.Tests.Docs;

/// <summary>The C# of docs/generate.md, compiled and run.</summary>
public sealed class GenerateSnippets : IDisposable
{
    private readonly SimulatedApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task Generate_page_runs_on_the_simulator()
    {
        await GenerateAsync(_app.Client);
        await ChooseAsync(_app.Client);
        await PassThroughAsync(_app.Client);
        await ListAsync(_app.Client);
        await PinAsync(_app.Client);
        await PollAsync(_app.Client);
        await RefuseAsync(_app.Client);

        Assert.Equal([6, 20, 6], _app.Simulator.Charges.Select(charge => charge.Credits));
        Assert.Empty(_app.Simulator.Violations);
    }

    private static async Task GenerateAsync(IImaImageClient client)
    {
        // >>>
        var result = await client.GenerateAsync(new ImageRequest("a cute puppy on grass"));
        foreach (var image in result.Images)
        {
            Console.WriteLine($"{image.Url} for {result.Task.CreditsPerImage} credits");
        }
        // <<<
        Assert.Equal(6, result.Task.CreditsPerImage);
    }

    private static async Task ChooseAsync(IImaImageClient client)
    {
        // >>>
        var request = new ImageRequest("a red chair in a white room")
        {
            Model = ImageModel.NanoBananaPro,
            Size = ImageSize.Size2K,
            AspectRatio = AspectRatio.Landscape16x9,
            Count = 2,
            MaxCredits = 25,
        };
        var chairs = await client.GenerateAsync(request);
        // <<<
        Assert.Equal((2, 20m), (chairs.Images.Count, chairs.Task.Credits));
    }

    private static async Task PassThroughAsync(IImaImageClient client)
    {
        // >>>
        var seeded = new ImageRequest("a red chair in a white room") { Parameters = ImageParameters.Parse("""{"seed": 7}""") };
        // <<<
        Assert.Equal(6, (await client.QuoteAsync(seeded)).Credits);
    }

    private static async Task ListAsync(IImaImageClient client)
    {
        // >>>
        foreach (var model in await client.ListModelsAsync(ImageTaskType.TextToImage))
        {
            var from = model.Prices.Min(price => price.CreditsPerImage);
            Console.WriteLine($"{model.Name} {model.Version}: {string.Join(", ", model.Sizes)}, from {from} credits");
        }
        // <<<
    }

    private static async Task PinAsync(IImaImageClient client)
    {
        // >>>
        var pinned = new ImageRequest("a red chair in a white room") { ModelVersion = "gemini-3.1-flash-image-preview" };
        // <<<
        Assert.Equal(pinned.ModelVersion, (await client.QuoteAsync(pinned)).ModelVersion);
        var gone = await Assert.ThrowsAsync<ImaException>(() => client.QuoteAsync(pinned with { ModelVersion = "gone" }));
        Assert.Equal(["gemini-3.1-flash-image-preview"], gone.AllowedValues);
    }

    private static async Task PollAsync(IImaImageClient client)
    {
        // >>>
        var task = await client.SubmitAsync(new ImageRequest("a cute puppy on grass"));
        var status = await client.GetStatusAsync(task);
        Console.WriteLine($"{status.Stage}, {status.ReadyImages.Count} ready");
        var finished = await client.WaitForCompletionAsync(task);
        // <<<
        Assert.Equal((ImageStage.Completed, 1), (status.Stage, finished.Images.Count));
    }

    private static async Task RefuseAsync(IImaImageClient client)
    {
        // >>>
        try
        {
            await client.GenerateAsync(new ImageRequest("a cute puppy on grass") { Size = new ImageSize("3K") });
        }
        catch (ImaException exception) when (exception.Kind == ImaErrorKind.InvalidRequest)
        {
            Console.WriteLine($"{exception.Message} {exception.ParameterName}: {string.Join(" or ", exception.AllowedValues)}");
        }
        // <<<
    }
}
