namespace ImaNanoBanana.Tests.Docs;

/// <summary>The C# of docs/prices.md, compiled and run.</summary>
public sealed class PricesSnippets : IDisposable
{
    private readonly SimulatedApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task Prices_page_runs_on_the_simulator()
    {
        await QuoteAsync(_app.Client);
        await ListAsync(_app.Client);
        await LimitAsync(_app.Client);

        Assert.Equal(36, Assert.Single(_app.Simulator.Charges).Credits);
    }

    private static async Task QuoteAsync(IImaImageClient client)
    {
        // >>>
        var quote = await client.QuoteAsync(new ImageRequest("city skyline at night")
        {
            Model = ImageModel.NanoBananaPro,
            Size = ImageSize.Size4K,
            Count = 2,
        });
        Console.WriteLine($"{quote.Count} x {quote.ModelName}, {quote.Size}: {quote.Credits} credits");
        var task = await client.SubmitAsync(quote);
        // <<<
        Assert.Equal((36m, 36m), (quote.Credits, task.Credits!.Value));
    }

    private static async Task ListAsync(IImaImageClient client)
    {
        // >>>
        foreach (var model in await client.ListModelsAsync(ImageTaskType.TextToImage))
        {
            foreach (var price in model.Prices)
            {
                Console.WriteLine($"{model.Name} {string.Join(", ", price.Conditions.Values)}: {price.CreditsPerImage} credits");
            }
        }
        // <<<
    }

    private static async Task LimitAsync(IImaImageClient client)
    {
        // >>>
        try
        {
            await client.SubmitAsync(new ImageRequest("city skyline at night") { Size = ImageSize.Size4K, MaxCredits = 10 });
        }
        catch (ImaException exception) when (exception.Kind == ImaErrorKind.BudgetExceeded)
        {
            Console.WriteLine($"{exception.RequiredCredits} credits, {exception.AllowedCredits} allowed");
        }
        // <<<
    }
}
