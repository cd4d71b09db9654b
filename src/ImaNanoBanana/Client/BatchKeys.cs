using ImaNanoBanana.Errors;
using ImaNanoBanana.Planning;
using ImaNanoBanana.Requests;

namespace ImaNanoBanana.Client;

/// <summary>
/// Creates the idempotency keys of the requests of one run of a batch. A key belongs to what is requested, not to the position in the
/// list. One call at a time, in the sequence of the list.
/// </summary>
/// <param name="prefix">The name of the batch; null for a batch without keys.</param>
internal sealed class BatchKeys(string? prefix)
{
    private readonly Dictionary<string, int> _occurrences = new(StringComparer.Ordinal);

    /// <summary>Creates the key of the next request. Reads its local images completely.</summary>
    /// <param name="request">The request; null for a missing one.</param>
    /// <param name="cancellationToken">Cancels reading the images.</param>
    /// <returns>The request's own key, or the key of the batch; null if there is neither.</returns>
    /// <exception cref="ImaException">The request is not valid, or one of its images cannot be read. There is no key.</exception>
    /// <exception cref="ImageGenerationCanceledException">The batch was stopped. Nothing was submitted.</exception>
    public async Task<string?> CreateAsync(ImageRequest? request, CancellationToken cancellationToken)
    {
        if (request is null || request.IdempotencyKey is not null || prefix is null)
        {
            return request?.IdempotencyKey;
        }

        try
        {
            var content = await RequestContent.HashAsync(request, cancellationToken).ConfigureAwait(false);
            var digits = RequestContent.Digits(content, scope: null);
            _occurrences[digits] = _occurrences.GetValueOrDefault(digits) + 1;
            return BatchKey.Create(prefix, digits, _occurrences[digits]);
        }
        catch (Exception exception) when (PreparationErrors.InPlaceOf(exception, null, cancellationToken) is { } error)
        {
            throw error;
        }
    }
}
