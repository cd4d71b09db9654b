namespace ImaNanoBanana.Tests.Client;

/// <summary>Another implementation of the client, of which only <see cref="IImaImageClient.GenerateStreamingAsync"/> is used.</summary>
internal sealed class FakeClient(Func<ImageRequest, CancellationToken, IAsyncEnumerable<ImageProgress>> generate) : IImaImageClient
{

    public static ImageProgress Accepted(string id) => new(ImageStage.Accepted) { Task = new ImageTask(id) };

    public static ImageProgress Completed(string id) =>
        new(ImageStage.Completed) { Task = new ImageTask(id), Result = new ImageResult(new ImageTask(id), []) };

    public IAsyncEnumerable<ImageProgress> GenerateStreamingAsync(ImageRequest request, CancellationToken cancellationToken = default) =>
        generate(request, cancellationToken);

    public Task<IReadOnlyList<ImageModelInfo>> ListModelsAsync(
        ImageTaskType? taskType = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<ImageQuote> QuoteAsync(ImageRequest request, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<ImageTask> SubmitAsync(ImageQuote quote, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<ImageTask> SubmitAsync(ImageRequest request, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<ImageProgress> GetStatusAsync(ImageTask task, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public IAsyncEnumerable<ImageProgress> WatchAsync(ImageTask task, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<ImageResult> WaitForCompletionAsync(ImageTask task, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public IAsyncEnumerable<ImageOutcome> ResumeAsync(TimeSpan? completedWithin = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<ImageResult> GenerateAsync(ImageRequest request, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<Uri> UploadAsync(ImageInput input, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<ImageDownload> DownloadAsync(GeneratedImage image, Stream destination, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();
}
