using System.Globalization;
using ImaNanoBanana.Client;
using ImaNanoBanana.Downloads;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana;

/// <summary>What is built on <see cref="IImaImageClient"/> alone, and so works with any implementation of it.</summary>
public static class ImaImageClientExtensions
{
    /// <summary>Buys and waits like <see cref="IImaImageClient.GenerateAsync"/>, and reports each step.</summary>
    /// <param name="client">The client.</param>
    /// <param name="request">What to generate.</param>
    /// <param name="progress">Gets the items of <see cref="IImaImageClient.GenerateStreamingAsync"/>; from
    /// <see cref="ImageStage.Accepted"/> on they carry the task. What it throws is ignored: the image is paid for.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The images.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ImaException">It says whether credits were spent and carries the task where there is one.</exception>
    /// <exception cref="ImageGenerationCanceledException">The caller cancelled; the exception says whether credits were spent.</exception>
    public static Task<ImageResult> GenerateAsync(
        this IImaImageClient client, ImageRequest request, IProgress<ImageProgress> progress, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(progress);
        return LastAsync(client.GenerateStreamingAsync(request, cancellationToken), progress);
    }

    /// <summary>
    /// Watches a task of which only the id is known, like <see cref="IImaImageClient.WatchAsync"/>; without percent, model and
    /// price.
    /// </summary>
    /// <param name="client">The client.</param>
    /// <param name="taskId">The service's id of the task; the text of a handle is taken as well.</param>
    /// <param name="cancellationToken">Ends the watch; the task goes on.</param>
    /// <returns>An item for each look at the task; the last one has <see cref="ImageProgress.Result"/>.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ImaException">The id is empty; or, while enumerating: every image failed, the time is over, or the
    /// state is not to be had.</exception>
    /// <exception cref="ImageGenerationCanceledException">Thrown while enumerating: the caller cancelled. It carries the task.</exception>
    public static IAsyncEnumerable<ImageProgress> WatchAsync(
        this IImaImageClient client, string taskId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(taskId);
        return client.WatchAsync(new ImageTask(taskId), cancellationToken);
    }

    /// <summary>Waits for a task of which only the id is known, like <see cref="IImaImageClient.WaitForCompletionAsync"/>.</summary>
    /// <param name="client">The client.</param>
    /// <param name="taskId">The service's id of the task; the text of a handle is taken as well.</param>
    /// <param name="cancellationToken">Ends the wait; the task goes on.</param>
    /// <returns>The images.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ImaException">The id is empty, every image failed, the time is over, or the state is not to be had.</exception>
    /// <exception cref="ImageGenerationCanceledException">The caller cancelled. It carries the task.</exception>
    public static Task<ImageResult> WaitForCompletionAsync(
        this IImaImageClient client, string taskId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(taskId);
        return client.WaitForCompletionAsync(new ImageTask(taskId), cancellationToken);
    }

    /// <summary>
    /// Saves an image: streamed to a temporary file beside its place, verified, and put there in one step. Whatever goes
    /// wrong, no partial file is left.
    /// </summary>
    /// <param name="client">The client.</param>
    /// <param name="image">The image.</param>
    /// <param name="path">
    /// The file; without an extension it gets the one of the image's kind, and a given extension is kept
    /// (<see cref="ImageDownload.HasExtensionOfMediaType"/>). An existing folder, or a path that ends in a separator, takes a file
    /// that is called as in the image's address. Folders are created.
    /// </param>
    /// <param name="options">How to save; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the download.</param>
    /// <returns>What was saved, and where.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ImaException">The image could not be had whole (<see cref="ImaErrorKind.DownloadFailed"/>); it is paid
    /// for, download it again.</exception>
    /// <exception cref="PathTooLongException">A name in the path is too long (<see cref="ImageFileName.IsTooLong"/>); nothing
    /// was downloaded.</exception>
    /// <exception cref="IOException">The file could not be written, or is there and <see cref="FileConflictBehavior.Fail"/> was asked
    /// for.</exception>
    public static async Task<ImageDownload> SaveAsync(
        this IImaImageClient client, GeneratedImage image, string path, ImageSaveOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(image);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return await ImageSaver.SaveAsync(client, image, path, options ?? new ImageSaveOptions(), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Saves all images of a result in a folder, named after the task: <c>TASK.png</c>, or <c>TASK-1.png</c>, <c>TASK-2.png</c>
    /// of several.
    /// </summary>
    /// <param name="client">The client.</param>
    /// <param name="result">The result.</param>
    /// <param name="folder">The folder; created where it is missing.</param>
    /// <param name="options">How to save; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the downloads.</param>
    /// <returns>What was saved, in the order of the images.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ImaException">An image could not be had whole; those before it are saved.</exception>
    /// <exception cref="IOException">A file could not be written.</exception>
    public static async Task<IReadOnlyList<ImageDownload>> SaveAsync(
        this IImaImageClient client, ImageResult result, string folder, ImageSaveOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(result);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        var name = ImageFileName.FromText(result.Task.Id);
        var saved = new List<ImageDownload>(result.Images.Count);
        for (var index = 0; index < result.Images.Count; index++)
        {
            var number = result.Images.Count == 1 ? "" : (index + 1).ToString("'-'0", CultureInfo.InvariantCulture);
            saved.Add(
                await client.SaveAsync(
                    result.Images[index], Path.Combine(folder, name + number), options, cancellationToken).ConfigureAwait(false));
        }

        return saved;
    }

    /// <summary>
    /// Generates many images, some at a time: an outcome for each request, as it ends. A request that fails does not stop the
    /// others. Nothing happens before the stream is enumerated; a stream stands for one run and can be enumerated once.
    /// </summary>
    /// <remarks>
    /// <para>A request is taken from <paramref name="requests"/> only when it can be ordered at once, on a thread of the
    /// pool. Outcomes that nobody reads stop the ordering.</para>
    /// <para>Leaving the stream early orders nothing further and cancels what is running; disposing waits for it, so that what is
    /// on the wire is recorded in the client's journal. Cancelling does the same, and hands over what was running before the
    /// stream throws: take the task from <see cref="ImageOutcome.Task"/>.</para>
    /// </remarks>
    /// <param name="client">The client.</param>
    /// <param name="requests">What to generate. A null among them is an outcome with an error.</param>
    /// <param name="options">How to run them; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the ordering and the waiting; what was bought goes on.</param>
    /// <returns>
    /// An outcome for each request, in the order in which they end; <see cref="ImageOutcome.Number"/> tells which it was. A
    /// result counts as handed over when the reader asks for the next one or comes to the end; until then a journal keeps it
    /// for <see cref="IImaImageClient.ResumeAsync"/>.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> or <paramref name="requests"/> is null; thrown by the
    /// call itself.</exception>
    /// <exception cref="ArgumentException">An option cannot be used; thrown by the call itself.</exception>
    /// <exception cref="OperationCanceledException">Thrown while enumerating, when what was running was handed over: the caller
    /// cancelled.</exception>
    /// <exception cref="InvalidOperationException">The stream is enumerated a second time; nothing is ordered.</exception>
    /// <exception cref="Exception">
    /// Thrown while enumerating, when what was running has ended and was handed over: what <paramref name="requests"/> threw,
    /// or what the client threw that is neither an <see cref="ImaException"/> nor a cancellation.
    /// </exception>
    public static IAsyncEnumerable<ImageOutcome> GenerateBatchAsync(
        this IImaImageClient client, IEnumerable<ImageRequest> requests, ImageBatchOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requests);
        return client.GenerateBatchAsync(new SequenceStream<ImageRequest>(requests), options, cancellationToken);
    }

    /// <inheritdoc cref="GenerateBatchAsync(IImaImageClient, IEnumerable{ImageRequest}, ImageBatchOptions?, CancellationToken)"/>
    /// <param name="client">The client.</param>
    /// <param name="requests">
    /// What to generate. A null among them is an outcome with an error. They are asked for with a token that ends with the
    /// stream; a source that waits for its next request has to heed it, because its end is waited for.
    /// </param>
    /// <param name="options">How to run them; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the ordering and the waiting; what was bought goes on.</param>
    public static IAsyncEnumerable<ImageOutcome> GenerateBatchAsync(
        this IImaImageClient client, IAsyncEnumerable<ImageRequest> requests, ImageBatchOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(requests);
        var settings = options ?? new ImageBatchOptions();
        settings.Check(nameof(options));
        return new SingleUseStream<ImageOutcome>(
            ImageBatch.RunAsync(client, requests, settings, TimeProvider.System, cancellationToken),
            "This stream stands for one run of its requests and was enumerated already. Nothing was ordered. Call GenerateBatchAsync "
                + "again to run them again; with an IdempotencyKeyPrefix nothing is bought twice.");
    }

    private static async Task<ImageResult> LastAsync(IAsyncEnumerable<ImageProgress> items, IProgress<ImageProgress> progress)
    {
        ImageResult? result = null;
        await foreach (var item in items.ConfigureAwait(false))
        {
            result = item.Result;
            AppCallback.Invoke(progress, listener => listener.Report(item));
        }

        return result ?? throw new InvalidOperationException("The stream ended without a result.");
    }
}
