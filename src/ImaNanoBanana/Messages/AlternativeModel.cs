namespace ImaNanoBanana.Messages;

/// <summary>Gets the model to suggest after the submitted model failed, with its current price.</summary>
internal static class AlternativeModel
{
    /// <summary>A placeholder for a source image. A quote depends on the number of source images, not on their content.</summary>
    private static readonly Uri AnyImage = new("https://example.com/image.png");

    /// <summary>Recreates the request of a task, as far as the price depends on it.</summary>
    public static ImageRequest RequestFor(ImageTask task) => new("any")
    {
        Model = task.Model,
        Size = task.Size,
        AspectRatio = task.AspectRatio,
        Count = task.Count,
        TaskType = task.TaskType,
        Images = task.TaskType == ImageTaskType.ImageToImage ? [ImageInput.FromUrl(AnyImage)] : [],
    };

    /// <returns>
    /// The quote for the same request with the other model or, if that fails, with the other model and its default size and aspect
    /// ratio; null if no price is available.
    /// </returns>
    public static async Task<ImageQuote?> QuoteAsync(
        IImaImageClient client, ImageRequest request, ImageModel? failed, CancellationToken cancellationToken)
    {
        if (failed is null)
        {
            return null;
        }

        var other = request with
        {
            Model = failed == ImageModel.NanoBanana2 ? ImageModel.NanoBananaPro : ImageModel.NanoBanana2,
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
            // The price is optional. The failure is reported without it.
            return null;
        }
    }
}
