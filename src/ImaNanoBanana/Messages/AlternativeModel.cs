namespace ImaNanoBanana.Messages;

/// <summary>The model to suggest when the one that was ordered failed, at what it costs now.</summary>
internal static class AlternativeModel
{
    /// <summary>Stands for an image to work from: a quote looks at how many there are, not at what they show.</summary>
    private static readonly Uri AnyImage = new("https://example.com/image.png");

    /// <summary>The order of a task, as far as its price depends on it.</summary>
    public static ImageRequest RequestFor(ImageTask task) => new("any")
    {
        Model = task.Model,
        Size = task.Size,
        AspectRatio = task.AspectRatio,
        Count = task.Count,
        TaskType = task.TaskType,
        Images = task.TaskType == ImageTaskType.ImageToImage ? [ImageInput.FromUrl(AnyImage)] : [],
    };

    /// <returns>The same order with the other model, else with that model's own size and ratio; null when no price is to be had.</returns>
    public static async Task<ImageQuote?> QuoteAsync(
        IImaImageClient client, ImageRequest request, ImageModel? failed, CancellationToken cancellationToken)
    {
        if (failed is null)
        {
            return null;
        }

        var other = request with
        {
            Model = failed == ImageModel.NanoBananaPro ? ImageModel.NanoBanana2 : ImageModel.NanoBananaPro,
            ModelVersion = null,
            MaxCredits = null,
            IdempotencyKey = null,
        };
        return await TryQuoteAsync(client, other, cancellationToken).ConfigureAwait(false)
            ?? await TryQuoteAsync(
                client,
                other with { Size = null, AspectRatio = null, Parameters = new ImageRequest("").Parameters },
                cancellationToken).ConfigureAwait(false);
    }

    private static async Task<ImageQuote?> TryQuoteAsync(IImaImageClient client, ImageRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await client.QuoteAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ImaException or OperationCanceledException)
        {
            // The price is an extra; the failure is told without it.
            return null;
        }
    }
}
