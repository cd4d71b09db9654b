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

    [Fact]
    public async Task Usage_of_the_page_is_summed_by_tag()
    {
        using var folder = new TestFolder();
        var journal = new FileTaskJournal(folder.Path);
        using var client = new ImaImageClient(
            new ImaNanoBananaOptions { ApiKey = "ima_test_key" },
            new ImaImageClientServices { PrimaryHandler = _app.Simulator, Journal = journal });

        var usage = await UsageAsync(client, journal);

        Assert.Equal(["catalog", "marketing"], usage.Groups.Select(group => group.Key));
        Assert.Equal((18m, 3L), (usage.Total.Credits, usage.Total.Images));
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

    private static async Task<ImageUsage> UsageAsync(ImaImageClient client, FileTaskJournal journal)
    {
        // >>>
        await client.SubmitAsync(new ImageRequest("a red chair in a white room") { Tag = "catalog" });
        await client.SubmitAsync(new ImageRequest("a banner for the sale") { Tag = "marketing", Count = 2 });
        var usage = await journal.GetUsageAsync(since: DateTimeOffset.UtcNow.AddDays(-7), by: ImageUsageGrouping.Tag);
        foreach (var group in usage.Groups)
        {
            Console.WriteLine($"{group.Key}: {group.Images} images, {group.Credits} credits, perhaps {group.UnknownCredits} more");
        }
        // <<<
        return usage;
    }
}
