using ImaNanoBanana.Json;
using ImaNanoBanana.OpenApi;

namespace ImaNanoBanana.Catalog;

/// <summary>Reads the product list and turns what can go wrong with it into typed errors.</summary>
internal sealed class ProductCatalog(IImaOpenApi api)
{
    /// <exception cref="ImaException">The list is not to be had.</exception>
    public async Task<IReadOnlyList<ProductVersion>> GetAsync(ImageTaskType taskType, CancellationToken cancellationToken)
    {
        ApiAnswer answer;
        try
        {
            answer = await api.GetProductListAsync(taskType, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it is: an app's own handlers may throw anything, and nothing was ordered yet.
            throw new ImaException(
                ImaErrorKind.CatalogUnavailable,
                "The product list could not be read: " + exception.Message + " Nothing was ordered; trying again is safe.",
                exception);
        }

        return Read(answer);
    }

    private static IReadOnlyList<ProductVersion> Read(ApiAnswer answer)
    {
        var code = ApiCode.Of(answer.Envelope);
        var message = JsonReading.NonEmptyText(answer.Envelope?.Message);
        if (answer.IsHttpSuccess && !code.IsFailure && answer.Envelope is { } envelope && ProductTree.Read(envelope.Data) is { } versions)
        {
            return versions;
        }

        var number = code.IsFailure ? code.Effective(message) : answer.IsHttpSuccess ? (int?)null : answer.StatusCode;
        var (kind, text) = number switch
        {
            ApiCode.Unauthorized or ApiCode.Forbidden => (ImaErrorKind.Unauthorized, ErrorText.Unauthorized),
            ApiCode.RateLimit => (ImaErrorKind.RateLimited, "Too many requests for the product list. Wait a moment and try again."),
            null => (ImaErrorKind.CatalogUnavailable, "The answer to the product list cannot be read."),
            _ => (ImaErrorKind.CatalogUnavailable, $"The product list was refused with code {number}: {ErrorText.Bounded(message) ?? "no reason given"}."),
        };
        throw new ImaException(kind, text + " Nothing was ordered.") { Code = number };
    }
}
