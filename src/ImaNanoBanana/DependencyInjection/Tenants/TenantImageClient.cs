using System.Runtime.CompilerServices;
using ImaNanoBanana.Catalog;
using ImaNanoBanana.Client;

namespace ImaNanoBanana.DependencyInjection.Tenants;

/// <summary>
/// The client of one tenant as the app keeps it. Each call uses the client that the tenant has at that moment, and keeps it until the
/// call ends, a stream until its enumerator is disposed.
/// </summary>
/// <param name="pool">The tenants that are kept.</param>
/// <param name="tenantId">The tenant.</param>
/// <param name="key">The key that the app passed for the tenant, with this client or another one; null if it passed none.</param>
internal sealed class TenantImageClient(TenantPool pool, string tenantId, PassedKey? key) : IImaImageClient
{
    public Task<IReadOnlyList<ImageModelInfo>> ListModelsAsync(
        ImageTaskType? taskType = null, CancellationToken cancellationToken = default) =>
        RunAsync(client => client.ListModelsAsync(taskType, cancellationToken));

    public Task<ImageQuote> QuoteAsync(ImageRequest request, CancellationToken cancellationToken = default) =>
        RunAsync(client => client.QuoteAsync(request, cancellationToken));

    public Task<ImageTask> SubmitAsync(ImageQuote quote, CancellationToken cancellationToken = default) =>
        RunAsync(client => client.SubmitAsync(quote, cancellationToken));

    public Task<ImageTask> SubmitAsync(ImageRequest request, CancellationToken cancellationToken = default) =>
        RunAsync(client => client.SubmitAsync(request, cancellationToken));

    public Task<ImageProgress> GetStatusAsync(ImageTask task, CancellationToken cancellationToken = default) =>
        RunAsync(client => client.GetStatusAsync(task, cancellationToken));

    public Task<ImageResult> WaitForCompletionAsync(ImageTask task, CancellationToken cancellationToken = default) =>
        RunAsync(client => client.WaitForCompletionAsync(task, cancellationToken));

    public Task<ImageResult> GenerateAsync(ImageRequest request, CancellationToken cancellationToken = default) =>
        RunAsync(client => client.GenerateAsync(request, cancellationToken));

    public Task<Uri> UploadAsync(ImageInput input, CancellationToken cancellationToken = default) =>
        RunAsync(client => client.UploadAsync(input, cancellationToken));

    public Task<ImageDownload> DownloadAsync(GeneratedImage image, Stream destination, CancellationToken cancellationToken = default) =>
        RunAsync(client => client.DownloadAsync(image, destination, cancellationToken));

    public IAsyncEnumerable<ImageProgress> WatchAsync(ImageTask task, CancellationToken cancellationToken = default)
    {
        var known = CallArguments.Check(task);
        return new OneReaderStream<ImageProgress>(StreamAsync((client, token) => client.WatchAsync(known, token), cancellationToken));
    }

    public IAsyncEnumerable<ImageOutcome> ResumeAsync(TimeSpan? completedWithin = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(completedWithin ?? TimeSpan.Zero, TimeSpan.Zero, nameof(completedWithin));
        return new OneReaderStream<ImageOutcome>(
            StreamAsync((client, token) => client.ResumeAsync(completedWithin, token), cancellationToken));
    }

    public IAsyncEnumerable<ImageProgress> GenerateStreamingAsync(ImageRequest request, CancellationToken cancellationToken = default)
    {
        // The tenant's client, which is found when the stream starts, knows which models the app allows.
        CallArguments.Check(request, ModelScope.Any);
        return new SingleUseStream<ImageProgress>(
            StreamAsync((client, token) => client.GenerateStreamingAsync(request, token), cancellationToken),
            ImaImageClient.SecondEnumeration);
    }

    private async Task<T> RunAsync<T>(Func<IImaImageClient, Task<T>> call)
    {
        using var lease = pool.Acquire(tenantId, key);
        try
        {
            return await call(lease.Tenant.Client).ConfigureAwait(false);
        }
        catch (ImaException exception)
        {
            TenantErrors.Name(exception, tenantId);
            throw;
        }
    }

    private async IAsyncEnumerable<T> StreamAsync<T>(
        Func<IImaImageClient, CancellationToken, IAsyncEnumerable<T>> start, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var lease = pool.Acquire(tenantId, key);
        var items = start(lease.Tenant.Client, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var _ = items.ConfigureAwait(false);
        while (await MoveNextAsync(items).ConfigureAwait(false))
        {
            yield return items.Current;
        }
    }

    private async ValueTask<bool> MoveNextAsync<T>(IAsyncEnumerator<T> items)
    {
        try
        {
            return await items.MoveNextAsync().ConfigureAwait(false);
        }
        catch (ImaException exception)
        {
            TenantErrors.Name(exception, tenantId);
            throw;
        }
    }
}
