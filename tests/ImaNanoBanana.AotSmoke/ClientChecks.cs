using ImaNanoBanana.Testing;

namespace ImaNanoBanana.AotSmoke;

internal static class ClientChecks
{
    public static IEnumerable<Check> All =>
    [
        new("list of models", ListAsync),
        new("quote, and a submission at its price", QuoteAsync),
        new("model that the SDK does not know", NewerModelAsync),
        new("submit, get the status, wait", StartAsync),
        new("watch with progress", WatchAsync),
        new("bare id", BareIdAsync),
        new("generate", GenerateAsync),
        new("stream", StreamAsync),
        new("progress", ProgressAsync),
        new("handle", HandleAsync),
    ];

    private static async Task ListAsync()
    {
        using var shop = new Shop();
        var all = await shop.Client.ListModelsAsync();
        var edits = await shop.Client.ListModelsAsync(ImageTaskType.ImageToImage);

        Expect.Equal($"4 2", $"{all.Count} {edits.Count}");
        var pro = edits.Single(model => model.Model == ImageModel.NanoBananaPro);
        Expect.Equal($"Nano Banana Pro image_to_image True", $"{pro.Name} {pro.TaskType} {pro.IsCurrent}");
        Expect.That(pro.Sizes.Contains(ImageSize.Size4K) && pro.AspectRatios.Contains(AspectRatio.Landscape16x9));
        Expect.That(pro.Prices.Any(price => price.CreditsPerImage == 18 && price.Conditions["size"] == "4K"));
    }

    private static async Task QuoteAsync()
    {
        using var shop = new Shop();
        var quote = await shop.Client.QuoteAsync(
            new ImageRequest("city skyline")
            {
                Model = ImageModel.NanoBananaPro,
                Size = new ImageSize("8K"),
                AspectRatio = AspectRatio.Landscape16x9,
            });
        Expect.Equal($"18 4K 16:9 Nano Banana Pro", $"{quote.Credits} {quote.Size} {quote.AspectRatio} {quote.ModelName}");
        Expect.That(quote.Adjustments.Single() == new ImageAdjustment(ImageAdjustmentKind.Size8KTo4K, "size", "8K", "4K"));
        Expect.Equal($"", $"{shop.Submitted}");

        var task = await shop.Client.SubmitAsync(quote);
        Expect.Equal($"18 city skyline 18", $"{task.Credits} {shop.Submitted}");
    }

    private static async Task NewerModelAsync()
    {
        using var simulator = new ImaSimulator();
        simulator.AddModel(SimulatedModel.Newer);
        var options = new ImaNanoBananaOptions { ApiKey = "ima_smoke_key" };
        options.AdditionalModels.Add(SimulatedModel.Newer.Id);
        using var client = new ImaImageClient(options, new ImaImageClientServices { PrimaryHandler = simulator });

        var quote = await client.QuoteAsync(new ImageRequest("a fox") { Model = new ImageModel(SimulatedModel.Newer.Id) });

        Expect.Equal($"8 2K 1:1 Nano Banana 2.1", $"{quote.Credits} {quote.Size} {quote.AspectRatio} {quote.ModelName}");
    }

    private static async Task StartAsync()
    {
        using var shop = new Shop();
        var task = await shop.Client.SubmitAsync(new ImageRequest("a puppy"));
        Expect.Equal($"Generating", $"{(await shop.Client.GetStatusAsync(task)).Stage}");

        var result = await shop.RunAsync(shop.Client.WaitForCompletionAsync(task));
        Expect.Equal($"{task.Id} 1 a puppy 6", $"{result.Task.Id} {result.Images.Count} {shop.Submitted}");
        Expect.Equal($"Completed", $"{(await shop.Client.GetStatusAsync(task)).Stage}");
    }

    private static async Task WatchAsync()
    {
        using var shop = new Shop();
        var task = await shop.Client.SubmitAsync(new ImageRequest("a puppy"));

        var items = await shop.RunAsync(shop.Client.WatchAsync(task));

        Expect.That(
            items.Count > 1 && items[0].Percent == 0 && items[^1] is { Percent: 100, Stage: ImageStage.Completed, Result.Images.Count: 1 });
    }

    private static async Task BareIdAsync()
    {
        using var shop = new Shop();
        var task = await shop.Client.SubmitAsync(new ImageRequest("a puppy"));

        var items = await shop.RunAsync(shop.Client.WatchAsync(task.Id));
        var result = await shop.RunAsync(shop.Client.WaitForCompletionAsync(task.Id));

        Expect.That(items[^1].Result!.Images.SequenceEqual(result.Images) && result.Task.Credits is null);
    }

    private static async Task GenerateAsync()
    {
        using var shop = new Shop();
        var request = new ImageRequest("a puppy")
        {
            Count = 2,
            Parameters = ImageParameters.Parse("""{"aspect_ratio": "9:16"}"""),
            MaxCredits = 12,
        };

        var result = await shop.RunAsync(shop.Client.GenerateAsync(request));

        Expect.Equal($"2 12 a puppy 12", $"{result.Images.Count} {result.Task.Credits} {shop.Submitted}");
        Expect.That(result.Image.IsSecure && result.Image.RequestedAspectRatio == AspectRatio.Portrait9x16);
    }

    private static async Task StreamAsync()
    {
        using var shop = new Shop();

        var items = await shop.RunAsync(shop.Client.GenerateStreamingAsync(new ImageRequest("a puppy")));

        Expect.Equal(
            $"Preparing Submitting Accepted Generating Completed",
            $"{string.Join(' ', items.Select(item => item.Stage).Distinct())}");
        Expect.That(items.First(item => item.Stage == ImageStage.Accepted).Task!.Id == items[^1].Result!.Task.Id);
    }

    private static async Task ProgressAsync()
    {
        using var shop = new Shop();
        var seen = new Seen<ImageProgress>();

        var result = await shop.RunAsync(shop.Client.GenerateAsync(new ImageRequest("a puppy"), seen));

        Expect.That(ReferenceEquals(seen.Items[^1].Result, result) && seen.Items[0].Stage == ImageStage.Preparing);
    }

    private static async Task HandleAsync()
    {
        using var shop = new Shop();
        var task = await shop.Client.SubmitAsync(new ImageRequest("a puppy") { IdempotencyKey = "order-1", Size = ImageSize.Size2K });
        var handle = task.ToHandle();

        Expect.That(ImageTask.FromHandle(handle) == task && !handle.Contains("puppy", StringComparison.Ordinal));
        Expect.That(ImageTask.TryFromHandle(handle, out var read) && read == task);
        Expect.That(!ImageTask.TryFromHandle("{", out _));
        Expect.Equal($"{task.Id}", $"{(await shop.RunAsync(shop.Client.WaitForCompletionAsync(ImageTask.FromHandle(handle)))).Task.Id}");
    }
}
