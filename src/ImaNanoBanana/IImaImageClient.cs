namespace ImaNanoBanana;

/// <summary>
/// Generates images with the Nano Banana models of IMA Studio. Each generation is charged once: a create request is never sent
/// twice, and a task that was charged is always returned, in the result, in the stream or in the exception.
/// </summary>
/// <remarks>
/// <para>Thread-safe; one instance serves a whole app. Do not use it in a browser: the key would ship to the visitor.</para>
/// <para>Cancelling ends the caller's wait only; it does not undo a create request that was sent. The call then waits up to
/// <see cref="ImaNanoBananaOptions.CancellationGrace"/> for the response, so that the exception can carry the task.</para>
/// </remarks>
public interface IImaImageClient
{
    /// <summary>Lists what the product list offers for the two models. Spends no credits.</summary>
    /// <param name="taskType">The task type; null for text to image and image to image, in this order.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Every version on offer, oldest first. <see cref="ImageModelInfo.IsCurrent"/> marks the default versions.</returns>
    /// <exception cref="ImaException">The product list is unavailable.</exception>
    /// <exception cref="ImageGenerationCanceledException">The caller cancelled.</exception>
    Task<IReadOnlyList<ImageModelInfo>> ListModelsAsync(ImageTaskType? taskType = null, CancellationToken cancellationToken = default);

    /// <summary>Gets the price of a request and what would be submitted. Spends no credits and uploads nothing.</summary>
    /// <param name="request">What to generate.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The price, the model, the size and every adjustment; pass it to
    /// <see cref="SubmitAsync(ImageQuote, CancellationToken)"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="ImaException">The request is invalid. The exception names the parameter, the value and the allowed
    /// values.</exception>
    /// <exception cref="ImageGenerationCanceledException">The caller cancelled.</exception>
    /// <example>
    /// <code>
    /// var quote = await client.QuoteAsync(new ImageRequest("a cat in the rain") { Size = ImageSize.Size4K });
    /// Console.WriteLine($"{quote.Credits} credits");
    /// var task = await client.SubmitAsync(quote);
    /// </code>
    /// </example>
    Task<ImageQuote> QuoteAsync(ImageRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Submits a quoted request and never spends more than the quoted price. What the service changed since the quote (a lower
    /// price, another attribute id) is in <see cref="ImageTask.Adjustments"/>; a higher price throws
    /// <see cref="ImaErrorKind.PriceChanged"/>. Submitting a quote twice is charged twice.
    /// </summary>
    /// <param name="quote">A quote from <see cref="QuoteAsync"/>.</param>
    /// <param name="cancellationToken">Cancels the wait; see the remarks of the interface.</param>
    /// <returns>The task, which is charged.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="quote"/> is null.</exception>
    /// <exception cref="ImaException">Nothing was charged, or the outcome is unknown
    /// (<see cref="ImaErrorKind.OutcomeUnknown"/>).</exception>
    /// <exception cref="ImageGenerationCanceledException">The caller cancelled; the exception says whether credits were spent.</exception>
    Task<ImageTask> SubmitAsync(ImageQuote quote, CancellationToken cancellationToken = default);

    /// <summary>
    /// Submits a request and returns as soon as the service accepts it, in about a second. The images follow later.
    /// </summary>
    /// <param name="request">What to generate.</param>
    /// <param name="cancellationToken">Cancels the wait; see the remarks of the interface.</param>
    /// <returns>The task, which is charged; pass it to <see cref="WaitForCompletionAsync"/> or <see cref="WatchAsync"/>, or store
    /// its <see cref="ImageTask.ToHandle"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="ImaException">Nothing was charged, or the outcome is unknown
    /// (<see cref="ImaErrorKind.OutcomeUnknown"/>).</exception>
    /// <exception cref="ImageGenerationCanceledException">The caller cancelled; the exception says whether credits were spent.</exception>
    /// <example>
    /// <code>
    /// var task = await client.SubmitAsync(new ImageRequest("a cat in the rain"));
    /// await store.SaveAsync(task.ToHandle());   // the app's own storage; any process can continue from the handle
    /// var result = await client.WaitForCompletionAsync(task);
    /// </code>
    /// </example>
    Task<ImageTask> SubmitAsync(ImageRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Gets the current status of a task with one poll. Spends no credits. A task that failed is a status, not an exception:
    /// <see cref="ImageStage.Failed"/>, with the reason in <see cref="ImageProgress.Error"/>.
    /// </summary>
    /// <param name="task">A task from <see cref="SubmitAsync(ImageRequest, CancellationToken)"/>, from a handle, or <c>new
    /// ImageTask(id)</c>.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The status: <see cref="ImageStage.Generating"/>, <see cref="ImageStage.Completed"/> with
    /// <see cref="ImageProgress.Result"/>, or <see cref="ImageStage.Failed"/> with <see cref="ImageProgress.Error"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="task"/> is null.</exception>
    /// <exception cref="ImaException">The status could not be read. The exception carries the task.</exception>
    /// <exception cref="ImageGenerationCanceledException">The caller cancelled.</exception>
    /// <example>
    /// <code>
    /// var status = await client.GetStatusAsync(ImageTask.FromHandle(handle));
    /// var text = status.Stage switch
    /// {
    ///     ImageStage.Completed => $"ready: {status.Result!.Image.Url}",
    ///     ImageStage.Failed => $"failed: {status.Error!.Message}",
    ///     _ => $"about {status.Percent ?? 0} %",
    /// };
    /// </code>
    /// </example>
    Task<ImageProgress> GetStatusAsync(ImageTask task, CancellationToken cancellationToken = default);

    /// <summary>
    /// Watches a task until it is finished, for at most <see cref="ImaNanoBananaOptions.WatchTimeout"/> from the start of this
    /// watch. Spends no credits. May be called again, also in another process than the one that submitted.
    /// </summary>
    /// <param name="task">A task from <see cref="SubmitAsync(ImageRequest, CancellationToken)"/>, from a handle, or <c>new
    /// ImageTask(id)</c>.</param>
    /// <param name="cancellationToken">Cancels the watch; the task continues at the service.</param>
    /// <returns>One item for each poll; the last one has <see cref="ImageProgress.Result"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="task"/> is null; thrown by the call itself.</exception>
    /// <exception cref="ImaException">Thrown while enumerating: every image failed, the watch timed out, or the status could not
    /// be read. The exception carries the task.</exception>
    /// <exception cref="ImageGenerationCanceledException">Thrown while enumerating: the caller cancelled. The exception carries
    /// the task.</exception>
    IAsyncEnumerable<ImageProgress> WatchAsync(ImageTask task, CancellationToken cancellationToken = default);

    /// <summary>Waits until a task is finished, like <see cref="WatchAsync"/> without the progress.</summary>
    /// <param name="task">A task from <see cref="SubmitAsync(ImageRequest, CancellationToken)"/>, from a handle, or <c>new
    /// ImageTask(id)</c>.</param>
    /// <param name="cancellationToken">Cancels the wait; the task continues at the service.</param>
    /// <returns>The images.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="task"/> is null.</exception>
    /// <exception cref="ImaException">Every image failed, the watch timed out, or the status could not be read. The exception
    /// carries the task.</exception>
    /// <exception cref="ImageGenerationCanceledException">The caller cancelled. The exception carries the task.</exception>
    Task<ImageResult> WaitForCompletionAsync(ImageTask task, CancellationToken cancellationToken = default);

    /// <summary>
    /// Resumes the unfinished submissions of the journal, which a crashed or stopped process left behind. Submits nothing and
    /// spends no credits; call it at every start.
    /// </summary>
    /// <param name="completedWithin">
    /// Also returns tasks that were delivered within this time, for apps that may have crashed after the delivery; null for
    /// unfinished ones only.
    /// </param>
    /// <param name="cancellationToken">Cancels the wait; the tasks continue at the service.</param>
    /// <returns>
    /// One outcome for each submission, as it ends: the result, or the error (<see cref="ImaErrorKind.OutcomeUnknown"/> where it
    /// is unknown whether the submission was charged). A result counts as delivered when the reader requests the next item or
    /// reaches the end. Until then the next resume returns it again, so derive names from
    /// <see cref="ImageOutcome.IdempotencyKey"/>. Where other processes use the same journal, the outcomes include their running
    /// submissions.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="completedWithin"/> is negative; thrown by the call itself.</exception>
    /// <exception cref="OperationCanceledException">Thrown while enumerating: the caller cancelled.</exception>
    /// <exception cref="IOException">Thrown while enumerating: the journal cannot be listed. A journal of another kind throws
    /// its own exception.</exception>
    /// <example>
    /// <code>
    /// await foreach (var outcome in client.ResumeAsync())
    /// {
    ///     if (outcome.Result is { } result)
    ///     {
    ///         await client.SaveAsync(result, "images");
    ///     }
    /// }
    /// </code>
    /// </example>
    IAsyncEnumerable<ImageOutcome> ResumeAsync(TimeSpan? completedWithin = null, CancellationToken cancellationToken = default);

    /// <summary>Generates images: submits the request, is charged once and waits for the images, 20 to 120 seconds.</summary>
    /// <param name="request">What to generate.</param>
    /// <param name="cancellationToken">Cancels the wait; see the remarks of the interface.</param>
    /// <returns>The images.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="ImaException">The generation failed. The exception says whether credits were spent and carries the task
    /// where there is one.</exception>
    /// <exception cref="ImageGenerationCanceledException">The caller cancelled; the exception says whether credits were spent.</exception>
    /// <example>
    /// <code>
    /// var result = await client.GenerateAsync(new ImageRequest("a cat in the rain")
    /// {
    ///     Model = ImageModel.NanoBanana2,
    ///     Size = ImageSize.Size2K,
    ///     AspectRatio = AspectRatio.Landscape16x9,
    /// });
    /// await client.SaveAsync(result, "images");
    /// </code>
    /// </example>
    Task<ImageResult> GenerateAsync(ImageRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Generates images like <see cref="GenerateAsync"/> and returns an item for every step. Nothing happens before the stream
    /// is enumerated. A stream stands for one submission and can be enumerated once.
    /// </summary>
    /// <param name="request">What to generate.</param>
    /// <param name="cancellationToken">Cancels the wait; see the remarks of the interface.</param>
    /// <returns>
    /// The steps in order. From <see cref="ImageStage.Accepted"/> on, before any poll, the items carry the task; the last one has
    /// <see cref="ImageProgress.Result"/>. Leaving the stream at <see cref="ImageStage.Submitting"/> or earlier submits nothing.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null; thrown by the call itself.</exception>
    /// <exception cref="ImaException">
    /// Thrown by the call itself when the request is invalid whatever the product list says, otherwise while enumerating.
    /// </exception>
    /// <exception cref="InvalidOperationException">The stream is enumerated a second time; nothing is submitted.</exception>
    /// <exception cref="ImageGenerationCanceledException">Thrown while enumerating: the caller cancelled. The exception says
    /// whether credits were spent.</exception>
    /// <example>
    /// <code>
    /// await foreach (var step in client.GenerateStreamingAsync(new ImageRequest("a cat in the rain")))
    /// {
    ///     Console.WriteLine($"{step.Stage} {step.Percent}");
    /// }
    /// </code>
    /// </example>
    IAsyncEnumerable<ImageProgress> GenerateStreamingAsync(ImageRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Uploads a local image, so that several requests can use it. Spends no credits. Requests upload their local images
    /// themselves; use this method for an image that is needed more than once.
    /// </summary>
    /// <param name="input">The image; an address is checked and returned as it is.</param>
    /// <param name="cancellationToken">Cancels the upload.</param>
    /// <returns>The public address of the image, for <see cref="ImageInput.FromUrl(Uri)"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="input"/> is null.</exception>
    /// <exception cref="ImaException">The image cannot be used (<see cref="ImaErrorKind.InvalidRequest"/>) or could not be
    /// uploaded (<see cref="ImaErrorKind.UploadFailed"/>).</exception>
    /// <exception cref="ImageGenerationCanceledException">The caller cancelled.</exception>
    Task<Uri> UploadAsync(ImageInput input, CancellationToken cancellationToken = default);

    /// <summary>
    /// Downloads a finished image into a stream and verifies by its first bytes and its end that it is a complete image. No key
    /// is sent. A stream that can seek allows three attempts. See <c>SaveAsync</c> for files.
    /// </summary>
    /// <param name="image">The image; its address must be <c>https</c>.</param>
    /// <param name="destination">The stream to write to, from its current position; it stays open. After an error it may hold a
    /// part of the image.</param>
    /// <param name="cancellationToken">Cancels the download.</param>
    /// <returns>The media type, the pixels, the length and the hash of what was downloaded.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="destination"/> cannot be written.</exception>
    /// <exception cref="ImaException">The image could not be downloaded completely
    /// (<see cref="ImaErrorKind.DownloadFailed"/>). It is charged and still available: download it again.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    Task<ImageDownload> DownloadAsync(GeneratedImage image, Stream destination, CancellationToken cancellationToken = default);
}
