using ImaNanoBanana.Studio.Api;
using ImaNanoBanana.Studio.Credits;
using ImaNanoBanana.Studio.Security;
using ImaNanoBanana.Studio.Storage;

namespace ImaNanoBanana.Studio.Generating;

/// <summary>
/// Accepts orders. An order is stored before it is answered, and generated afterwards, independently of the request that brought it: a
/// visitor who leaves loses nothing.
/// </summary>
internal sealed class ImageOrders(
    IImaImageClient client,
    ImageTable table,
    RequestFactory requests,
    VisitorBudgets budgets,
    ImageRunner runner,
    ImageFeed feed,
    StudioSettings settings,
    TimeProvider time)
{
    /// <returns>The image; for a key that the visitor used before, the one of that time.</returns>
    /// <exception cref="ImaException">The order was refused. Nothing was charged.</exception>
    public async Task<StoredImage> PlaceAsync(Visitor visitor, string key, Order order, CancellationToken cancellationToken)
    {
        if (await table.FindByKeyAsync(visitor.Id, key, cancellationToken) is { } known)
        {
            return Same(known, order);
        }

        var request = await requests.CreateAsync(visitor, order, cancellationToken);
        var quote = await client.QuoteAsync(request, cancellationToken);
        await CheckLimitsAsync(visitor, quote, cancellationToken);
        var details = new ImageDetails
        {
            Model = quote.Model.Id,
            ModelName = quote.ModelName,
            Size = quote.Size?.Value,
            AspectRatio = quote.AspectRatio?.Value,
            Count = quote.Count,
            Credits = quote.Credits,
            Adjustments = quote.Adjustments,
        };

        // The price is the one that was checked, and a visitor who named no limit gets this one.
        var capped = order with { MaxCredits = order.MaxCredits ?? quote.Credits };
        var id = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
        var image = new StoredImage(id, visitor.Id, key, capped, ImageState.Waiting, details);
        await table.AddAsync(image, cancellationToken);

        // If the same key came twice at the same time, this is the image of the other request.
        var stored = await table.FindByKeyAsync(visitor.Id, key, cancellationToken);
        feed.Publish(stored!);
        runner.Wake();
        return Same(stored!, order);
    }

    /// <summary>Starts a failed image again with its own key: a task that was charged is found again and not submitted.</summary>
    /// <returns>Null if the visitor has no such image, or it cannot be retried.</returns>
    public async Task<StoredImage?> RetryAsync(Visitor visitor, string id, CancellationToken cancellationToken)
    {
        var image = await table.FindAsync(visitor.Id, id, cancellationToken);
        if (image is null || !ImageDocument.CanBeRetried(image))
        {
            return null;
        }

        var details = image.Details with { Error = null, Percent = null, Attempts = 0 };
        var reopened = await table.ReopenAsync(visitor.Id, id, details, cancellationToken);
        if (reopened is not null)
        {
            feed.Publish(reopened);
            runner.Wake();
        }

        return reopened;
    }

    /// <summary>Answers at once what the submission would find out later. The submission itself checks the budget exactly.</summary>
    private async Task CheckLimitsAsync(Visitor visitor, ImageQuote quote, CancellationToken cancellationToken)
    {
        var budget = budgets.For(visitor);
        var usage = await budget.GetUsageAsync(cancellationToken);
        if (usage.Remaining < quote.Credits)
        {
            throw new ImaException(
                ImaErrorKind.BudgetExceeded, $"The image costs {quote.Credits} credits, but only {usage.Remaining} credits remain.")
            {
                RequiredCredits = quote.Credits,
                AllowedCredits = usage.Remaining,
            };
        }

        if (await table.CountOpenAsync(visitor.Id, cancellationToken) >= settings.MaxOpenImages)
        {
            throw new ImaException(ImaErrorKind.RateLimited, $"{settings.MaxOpenImages} images are already being generated.");
        }
    }

    private static StoredImage Same(StoredImage known, Order order) =>
        known.Order == order
            ? known
            : throw new ImaException(ImaErrorKind.IdempotencyKeyConflict, "The key was used for a different request.");
}
