using ImaNanoBanana.Errors;
using ImaNanoBanana.Masking;
using ImaNanoBanana.OpenApi;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Catalog;

/// <summary>
/// The product list of one client, by category and language: read once for callers that come together, kept for 5
/// minutes, and turned into typed errors where it is not to be had. Thread-safe.
/// </summary>
internal sealed class ProductCatalog(Func<IImaOpenApi> api, ApiReader reader, TimeProvider time)
{
    /// <summary>5 min: prices change, and a stale price is refused by the service, not charged.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly object _gate = new();
    private readonly Dictionary<(ImageTaskType, ImaLanguage), Entry> _entries = [];

    /// <param name="taskType">The category.</param>
    /// <param name="language">The language of the labels.</param>
    /// <param name="refresh">Whether to read the list even when a kept one is fresh. A reading that is under way began too
    /// early to do.</param>
    /// <param name="cancellationToken">Ends this caller's wait; a reading that others wait for goes on.</param>
    /// <exception cref="ImaException">The list is not to be had.</exception>
    public async Task<IReadOnlyList<ProductVersion>> GetAsync(
        ImageTaskType taskType, ImaLanguage language, bool refresh, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Entry? entry;
        lock (_gate)
        {
            if (refresh || !_entries.TryGetValue((taskType, language), out entry) || !IsUsable(entry))
            {
                entry = new Entry(time.GetTimestamp(), ReadAsync(taskType, language));
                _entries[(taskType, language)] = entry;
            }
        }

        try
        {
            return await entry.Versions.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ImaException shared)
        {
            // Each caller gets an error of its own, which will say whose purchase it ended.
            throw new ImaException(
                shared.Kind,
                shared.Message,
                shared.InnerException)
            { Code = shared.Code, RetryAfter = shared.RetryAfter, ServiceMessage = shared.ServiceMessage };
        }
    }

    /// <summary>A reading that failed is not kept; one that is under way is shared.</summary>
    private bool IsUsable(Entry entry) =>
        !entry.Versions.IsFaulted && !entry.Versions.IsCanceled && time.GetElapsedTime(entry.Since) < Lifetime;

    private async Task<IReadOnlyList<ProductVersion>> ReadAsync(ImageTaskType taskType, ImaLanguage language)
    {
        // Leaves the lock before anything of an app's handlers runs.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        ApiAnswer answer;
        try
        {
            answer = await reader.ReadAsync(
                (call, token) =>
                    api().GetProductListAsync(taskType.Value, language.Code, call, token), CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not ImaException)
        {
            // Whatever it is: an app's own handlers may throw anything, and nothing was ordered yet.
            throw new ImaException(
                ImaErrorKind.CatalogUnavailable,
                $"The product list could not be read: {exception.Message.TrimEnd('.')}. Nothing was ordered; trying again is safe.",
                exception);
        }

        try
        {
            return Versions(answer);
        }
        finally
        {
            answer.Release();
        }
    }

    private static IReadOnlyList<ProductVersion> Versions(ApiAnswer answer)
    {
        var code = answer.Code;
        var message = answer.Message;
        if (answer.IsHttpSuccess && !code.IsFailure && answer.Envelope is { } envelope && ProductTree.Read(envelope.Data) is { } versions)
        {
            return versions;
        }

        var number = code.IsFailure
            ? code.Effective(message)
            : answer.IsHttpSuccess
            ? (int?)null
            : ApiCode.FromStatus(answer.StatusCode, message);
        var (kind, text) = number switch
        {
            ServiceCode.Unauthorized or ServiceCode.Forbidden => (ImaErrorKind.Unauthorized, ErrorText.Unauthorized),
            ServiceCode.RateLimit =>
                (
                    ImaErrorKind.RateLimited,
                    $"Too many requests for the product list. Wait {ErrorText.Wait(answer.RetryAfter)} and try again."),
            ServiceCode.SubscriptionRequired => (ImaErrorKind.CatalogUnavailable, ErrorText.SubscriptionRequired),
            null => (ImaErrorKind.CatalogUnavailable, "The answer to the product list cannot be read."),
            _ => (
                ImaErrorKind.CatalogUnavailable,
                $"The product list was refused with code {number}: {UntrustedText.Line(message) ?? "no reason given"}."),
        };
        throw new ImaException(
            kind, text + " Nothing was ordered.")
        { Code = number, RetryAfter = answer.RetryAfter, ServiceMessage = message };
    }

    private sealed record Entry(long Since, Task<IReadOnlyList<ProductVersion>> Versions);
}
