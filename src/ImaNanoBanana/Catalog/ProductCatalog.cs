using ImaNanoBanana.Errors;
using ImaNanoBanana.Masking;
using ImaNanoBanana.OpenApi;
using ImaNanoBanana.Resilience;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Catalog;

/// <summary>
/// Provides the product list of one client, by category and language. Concurrent callers share one read, the list is kept for 5
/// minutes, and a list that could not be read becomes a typed error. Thread-safe.
/// </summary>
internal sealed class ProductCatalog(Func<IImaOpenApi> api, ApiReader reader, ModelScope scope, TimeProvider time)
{
    /// <summary>5 min: prices change, but the service rejects an outdated price and does not charge it.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private const string NothingSubmitted = " Nothing was submitted.";
    private const string SafeToRepeat = NothingSubmitted + " Submitting again is safe.";

    private readonly object _gate = new();
    private readonly Dictionary<(ImageTaskType, ImaLanguage), Entry> _entries = [];
    private readonly LongPause _pause = new(time);

    /// <summary>The models whose versions are read.</summary>
    public ModelScope Scope => scope;

    /// <param name="taskType">The category.</param>
    /// <param name="language">The language of the labels.</param>
    /// <param name="refresh">Whether to read the list even if a kept list is fresh. A read that is already in progress does not count,
    /// because it began too early.</param>
    /// <param name="cancellationToken">Cancels this caller's wait. A read that others wait for continues.</param>
    /// <exception cref="ImaException">The product list is unavailable.</exception>
    public async Task<IReadOnlyList<ProductVersion>> GetAsync(
        ImageTaskType taskType, ImaLanguage language, bool refresh, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Entry? entry;
        lock (_gate)
        {
            if (refresh || !_entries.TryGetValue((taskType, language), out entry) || !IsUsable(entry))
            {
                if (_pause.TooLong is { } left)
                {
                    throw new ImaException(ImaErrorKind.RateLimited, RateLimitText(left))
                    { Code = ServiceCode.RateLimit, RetryAfter = left };
                }

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
            // Each caller gets its own error, which later receives the idempotency key of the caller's submission.
            throw new ImaException(
                shared.Kind,
                shared.Message,
                shared.InnerException)
            { Code = shared.Code, RetryAfter = shared.RetryAfter, ServiceMessage = shared.ServiceMessage };
        }
    }

    /// <summary>A failed read is not kept; a read in progress is shared.</summary>
    private bool IsUsable(Entry entry) =>
        !entry.Versions.IsFaulted && !entry.Versions.IsCanceled && time.GetElapsedTime(entry.Since) < Lifetime;

    private async Task<IReadOnlyList<ProductVersion>> ReadAsync(ImageTaskType taskType, ImaLanguage language)
    {
        // Leave the lock before any of the app's handlers runs.
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
            // Any exception: the app's handlers may throw anything, and nothing was submitted yet.
            throw new ImaException(
                ImaErrorKind.CatalogUnavailable,
                $"The product list could not be read: {AppCallback.Message(exception).TrimEnd('.')}." + SafeToRepeat,
                exception);
        }

        using (answer)
        {
            if (answer.IsRateLimit)
            {
                _pause.Begin(answer.RetryAfter);
            }

            return Versions(answer, scope);
        }
    }

    private static IReadOnlyList<ProductVersion> Versions(ApiAnswer answer, ModelScope scope)
    {
        var code = answer.Code;
        var message = answer.Message;
        if (answer.IsHttpSuccess && !code.IsFailure && answer.Envelope is { } envelope
            && ProductTree.Read(envelope.Data, scope) is { } versions)
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
            ServiceCode.Unauthorized or ServiceCode.Forbidden => (ImaErrorKind.Unauthorized, ErrorText.Unauthorized + NothingSubmitted),
            ServiceCode.RateLimit => (ImaErrorKind.RateLimited, RateLimitText(answer.RetryAfter)),
            ServiceCode.SubscriptionRequired => (ImaErrorKind.CatalogUnavailable, ErrorText.SubscriptionRequired + NothingSubmitted),
            null => (
                ImaErrorKind.CatalogUnavailable, "The response with the product list cannot be read." + SafeToRepeat),
            _ => (
                ImaErrorKind.CatalogUnavailable,
                $"The service rejected the product list request with code {number}: "
                    + $"{UntrustedText.Line(message)?.TrimEnd('.') ?? "no reason given"}." + SafeToRepeat),
        };
        throw new ImaException(kind, text)
        { Code = number, RetryAfter = answer.RetryAfter, ServiceMessage = message };
    }

    private static string RateLimitText(TimeSpan? retryAfter) =>
        $"Too many requests for the product list. Wait {ErrorText.Wait(retryAfter)} and try again." + NothingSubmitted;

    private sealed record Entry(long Since, Task<IReadOnlyList<ProductVersion>> Versions);
}
