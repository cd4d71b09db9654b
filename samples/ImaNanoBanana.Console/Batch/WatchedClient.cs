using System.Runtime.CompilerServices;

namespace ImaNanoBanana.Cli.Batch;

/// <summary>Shows the progress of each request that a batch generates. Everything else is the client's own.</summary>
/// <param name="client">The client.</param>
/// <param name="show">Shows the progress of the request with an idempotency key. Called on any thread; must not throw.</param>
internal sealed class WatchedClient(IImaImageClient client, Action<string, ImageProgress> show) : IImaImageClient
{
    public async IAsyncEnumerable<ImageProgress> GenerateStreamingAsync(
        ImageRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var progress in client.GenerateStreamingAsync(request, cancellationToken))
        {
            show(request.IdempotencyKey!, progress);
            yield return progress;
        }
    }

    public Task<IReadOnlyList<ImageModelInfo>> ListModelsAsync(ImageTaskType? taskType, CancellationToken cancellationToken) =>
        client.ListModelsAsync(taskType, cancellationToken);

    public Task<ImageQuote> QuoteAsync(ImageRequest request, CancellationToken cancellationToken) =>
        client.QuoteAsync(request, cancellationToken);

    public Task<ImageTask> SubmitAsync(ImageQuote quote, CancellationToken cancellationToken) =>
        client.SubmitAsync(quote, cancellationToken);

    public Task<ImageTask> SubmitAsync(ImageRequest request, CancellationToken cancellationToken) =>
        client.SubmitAsync(request, cancellationToken);

    public Task<ImageProgress> GetStatusAsync(ImageTask task, CancellationToken cancellationToken) =>
        client.GetStatusAsync(task, cancellationToken);

    public IAsyncEnumerable<ImageProgress> WatchAsync(ImageTask task, CancellationToken cancellationToken) =>
        client.WatchAsync(task, cancellationToken);

    public Task<ImageResult> WaitForCompletionAsync(ImageTask task, CancellationToken cancellationToken) =>
        client.WaitForCompletionAsync(task, cancellationToken);

    public IAsyncEnumerable<ImageOutcome> ResumeAsync(TimeSpan? completedWithin, CancellationToken cancellationToken) =>
        client.ResumeAsync(completedWithin, cancellationToken);

    public Task<ImageResult> GenerateAsync(ImageRequest request, CancellationToken cancellationToken) =>
        client.GenerateAsync(request, cancellationToken);

    public Task<Uri> UploadAsync(ImageInput input, CancellationToken cancellationToken) => client.UploadAsync(input, cancellationToken);

    public Task<ImageDownload> DownloadAsync(GeneratedImage image, Stream destination, CancellationToken cancellationToken) =>
        client.DownloadAsync(image, destination, cancellationToken);
}
