using System.Globalization;
using ImaNanoBanana.Client;
using ImaNanoBanana.Client.Saving;
using ImaNanoBanana.Downloads;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana;

/// <summary>Extends every implementation of <see cref="IImaImageClient"/>: progress, batches, saving, bare task ids.</summary>
public static class ImaImageClientExtensions
{
    private const string GenerateWithProgress = "GenerateAsync with progress";

    /// <summary>Generates images like <see cref="IImaImageClient.GenerateAsync"/> and reports each step.</summary>
    /// <param name="client">The client.</param>
    /// <param name="request">What to generate.</param>
    /// <param name="progress">Receives the items of <see cref="IImaImageClient.GenerateStreamingAsync"/>; from
    /// <see cref="ImageStage.Accepted"/> on they carry the task. Exceptions that it throws are ignored, because the image is
    /// charged.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The images.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ImaException">The generation failed. The exception says whether credits were spent and carries the task
    /// where there is one.</exception>
    /// <exception cref="ImageGenerationCanceledException">The caller cancelled; the exception says whether credits were spent.</exception>
    public static Task<ImageResult> GenerateAsync(
        this IImaImageClient client, ImageRequest request, IProgress<ImageProgress> progress, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(progress);
        return LastAsync(
            ClientAnswer.Required(
                client.GenerateStreamingAsync(request, cancellationToken), nameof(client.GenerateStreamingAsync), GenerateWithProgress),
            progress);
    }

    /// <summary>
    /// Watches a task by its id alone, like <see cref="IImaImageClient.WatchAsync"/>. The items have no percentage, model or price.
    /// </summary>
    /// <param name="client">The client.</param>
    /// <param name="taskId">The service's id of the task, or the text of a handle.</param>
    /// <param name="cancellationToken">Cancels the watch; the task continues at the service.</param>
    /// <returns>One item for each poll; the last one has <see cref="ImageProgress.Result"/>.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ImaException">The id is empty; or, while enumerating: every image failed, the watch timed out, or the
    /// status could not be read.</exception>
    /// <exception cref="ImageGenerationCanceledException">Thrown while enumerating: the caller cancelled. The exception
    /// carries the task.</exception>
    public static IAsyncEnumerable<ImageProgress> WatchAsync(
        this IImaImageClient client, string taskId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(taskId);
        return ClientAnswer.Required(
            client.WatchAsync(new ImageTask(taskId), cancellationToken), nameof(client.WatchAsync), "WatchAsync with a task id");
    }

    /// <summary>Waits for a task by its id alone, like <see cref="IImaImageClient.WaitForCompletionAsync"/>.</summary>
    /// <param name="client">The client.</param>
    /// <param name="taskId">The service's id of the task, or the text of a handle.</param>
    /// <param name="cancellationToken">Cancels the wait; the task continues at the service.</param>
    /// <returns>The images.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ImaException">The id is empty, every image failed, the watch timed out, or the status could not be
    /// read.</exception>
    /// <exception cref="ImageGenerationCanceledException">The caller cancelled. The exception carries the task.</exception>
    public static Task<ImageResult> WaitForCompletionAsync(
        this IImaImageClient client, string taskId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(taskId);
        return ClientAnswer.RequiredAsync(
            client.WaitForCompletionAsync(new ImageTask(taskId), cancellationToken)!,
            nameof(client.WaitForCompletionAsync),
            "WaitForCompletionAsync with a task id");
    }

    /// <summary>
    /// Downloads an image into a file. The image is streamed to a temporary file beside the target, verified, and moved in one
    /// step, so that an error never leaves a partial file.
    /// </summary>
    /// <param name="client">The client.</param>
    /// <param name="image">The image.</param>
    /// <param name="path">
    /// The file. Without an extension it gets the extension of the image's format; a given extension is kept
    /// (<see cref="ImageDownload.ExtensionMatchesMediaType"/>). If the path is an existing folder or ends in a separator, the file
    /// name is taken from the image's address. Missing folders are created.
    /// </param>
    /// <param name="options">What to do when the file exists, where to report progress, and the request to write into the file; null for
    /// the defaults.</param>
    /// <param name="cancellationToken">Cancels the download.</param>
    /// <returns>The saved file and its properties.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ImaException">The image could not be downloaded completely
    /// (<see cref="ImaErrorKind.DownloadFailed"/>). It is charged and still available: download it again.</exception>
    /// <exception cref="PathTooLongException">A name in the path is too long (<see cref="ImageFileName.IsTooLong"/>); nothing
    /// was downloaded.</exception>
    /// <exception cref="IOException">The file could not be written, or it exists and
    /// <see cref="FileConflictBehavior.Fail"/> was chosen.</exception>
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
    /// Downloads all images of a result into a folder. The files are named after the task: <c>TASK.png</c>, or <c>TASK-1.png</c>,
    /// <c>TASK-2.png</c> for several images.
    /// </summary>
    /// <param name="client">The client.</param>
    /// <param name="result">The result.</param>
    /// <param name="folder">The folder; created if it is missing.</param>
    /// <param name="options">What to do when the file exists, and where to report progress; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the downloads.</param>
    /// <returns>The saved files, in the sequence of the images.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ImaException">An image could not be downloaded completely; the images before it are saved.</exception>
    /// <exception cref="IOException">A file could not be written.</exception>
    /// <example>
    /// <code>
    /// var result = await client.GenerateAsync(new ImageRequest("a cat in the rain") { Count = 2 });
    /// var files = await client.SaveAsync(result, "images");
    /// </code>
    /// </example>
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
    /// Generates images for many requests, several at a time, and returns an outcome for each request as it ends. A failed request
    /// does not stop the others. Nothing happens before the stream is enumerated. A stream stands for one run and can be enumerated
    /// once.
    /// </summary>
    /// <remarks>
    /// <para>A request is taken from <paramref name="requests"/>, on a thread of the pool, only when it can be submitted at once.
    /// While outcomes wait to be read, no further requests are submitted.</para>
    /// <para>Leaving the stream early submits nothing further and cancels the running requests; disposing waits for them, so that
    /// requests that were sent are recorded in the client's journal. Cancelling does the same, and returns the outcomes of the
    /// running requests before the stream throws: take the task from <see cref="ImageOutcome.Task"/>.</para>
    /// </remarks>
    /// <param name="client">The client.</param>
    /// <param name="requests">What to generate. A null element leads to an outcome with an error.</param>
    /// <param name="options">The concurrency, budget and keys of the run; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels submitting and waiting; submitted tasks continue at the service.</param>
    /// <returns>
    /// One outcome for each request, in the order in which they end; <see cref="ImageOutcome.Number"/> is the position of the
    /// request. A result counts as delivered when the reader requests the next item or reaches the end; until then a journal keeps
    /// it for <see cref="IImaImageClient.ResumeAsync"/>.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> or <paramref name="requests"/> is null; thrown by the
    /// call itself.</exception>
    /// <exception cref="ArgumentException">An option is invalid; thrown by the call itself.</exception>
    /// <exception cref="OperationCanceledException">Thrown while enumerating, after the outcomes of the running requests: the caller
    /// cancelled.</exception>
    /// <exception cref="InvalidOperationException">The stream is enumerated a second time; nothing is submitted.</exception>
    /// <exception cref="Exception">
    /// Thrown while enumerating, after the outcomes of the running requests: an exception of <paramref name="requests"/>, or an
    /// exception of the client that is neither an <see cref="ImaException"/> nor a cancellation.
    /// </exception>
    /// <example>
    /// <code>
    /// var requests = File.ReadLines("prompts.txt").Select(prompt => new ImageRequest(prompt));
    /// await foreach (var outcome in client.GenerateBatchAsync(requests, new ImageBatchOptions { MaxConcurrency = 4 }))
    /// {
    ///     Console.WriteLine(outcome.Result?.Image.Url.ToString() ?? outcome.Error!.Message);
    /// }
    /// </code>
    /// </example>
    public static IAsyncEnumerable<ImageOutcome> GenerateBatchAsync(
        this IImaImageClient client, IEnumerable<ImageRequest> requests, ImageBatchOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requests);
        return client.GenerateBatchAsync(new SequenceStream<ImageRequest>(requests), options, cancellationToken);
    }

    /// <inheritdoc cref="GenerateBatchAsync(IImaImageClient, IEnumerable{ImageRequest}, ImageBatchOptions?, CancellationToken)"
    /// path="/*[not(self::param)]"/>
    /// <param name="client">The client.</param>
    /// <param name="requests">
    /// What to generate. A null element leads to an outcome with an error. The source receives a token that is cancelled when the
    /// stream ends; a source that waits for its next request has to observe it, because the stream waits for the source to end.
    /// </param>
    /// <param name="options">The concurrency, budget and keys of the run; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels submitting and waiting; submitted tasks continue at the service.</param>
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
            "This stream stands for one run of its requests and was already enumerated. Call GenerateBatchAsync again to run them "
                + "again; with an IdempotencyKeyPrefix nothing is charged twice. The second enumeration submitted nothing.");
    }

    private static async Task<ImageResult> LastAsync(IAsyncEnumerable<ImageProgress> items, IProgress<ImageProgress> progress)
    {
        ImageResult? result = null;
        await foreach (var item in items.ConfigureAwait(false))
        {
            result = item.Result;
            AppCallback.Invoke(progress, listener => listener.Report(item));
        }

        return result ?? throw ClientAnswer.WithoutResult(nameof(IImaImageClient.GenerateStreamingAsync), GenerateWithProgress);
    }
}
