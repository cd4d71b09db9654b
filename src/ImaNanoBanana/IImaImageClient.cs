namespace ImaNanoBanana;

/// <summary>
/// Generates images with the Nano Banana models of IMA Studio. Every generation spends credits once: a create is never
/// sent twice, and what was bought is handed over, in the result, in the stream or in the error.
/// </summary>
/// <remarks>
/// Thread-safe; one instance serves a whole app. Not for browsers: the key would ship to the visitor.
/// Cancelling ends the caller's wait only. An order that is on the wire is not called back; the call then waits a short
/// grace (<see cref="ImaNanoBananaOptions.CancellationGrace"/>) for its answer, so that the exception can carry the task.
/// </remarks>
public interface IImaImageClient
{
    /// <summary>
    /// What remembers the purchases of this client by their idempotency keys: the journal it was given, else one in memory. For
    /// resolving a key whose outcome is unknown (<c>AttachTaskAsync</c>, <c>RemoveAsync</c>) and for looking what is there.
    /// </summary>
    ITaskJournal Journal { get; }

    /// <summary>What the product list offers of the two models. Spends nothing.</summary>
    /// <param name="taskType">What for; null for both text to image and image to image, in this order.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Every version on offer, oldest first; <see cref="ImageModelInfo.IsCurrent"/> marks those that are ordered by
    /// default.</returns>
    /// <exception cref="ImaException">The list is not to be had.</exception>
    /// <exception cref="ImageGenerationCanceledException">The caller cancelled.</exception>
    Task<IReadOnlyList<ImageModelInfo>> ListModelsAsync(ImageTaskType? taskType = null, CancellationToken cancellationToken = default);

    /// <summary>Says what a request would order and what it would cost. Spends nothing and uploads nothing.</summary>
    /// <param name="request">What to generate.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The order and its price, for <see cref="SubmitAsync(ImageQuote, CancellationToken)"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="ImaException">The request cannot be ordered; the error names the parameter, the value and what is
    /// offered.</exception>
    /// <exception cref="ImageGenerationCanceledException">The caller cancelled.</exception>
    Task<ImageQuote> QuoteAsync(ImageRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Buys what a quote says and never pays more than its price. What the service changed meanwhile (a lower price, another
    /// attribute id) is in <see cref="ImageTask.Adjustments"/>; a higher price is the error
    /// <see cref="ImaErrorKind.PriceChanged"/>. Starting a quote twice buys twice.
    /// </summary>
    /// <param name="quote">A quote from <see cref="QuoteAsync"/>.</param>
    /// <param name="cancellationToken">Ends the wait; see the remarks of the interface.</param>
    /// <returns>The bought task.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="quote"/> is null.</exception>
    /// <exception cref="ImaException">It was not bought, or (<see cref="ImaErrorKind.OutcomeUnknown"/>) nobody can tell.</exception>
    /// <exception cref="ImageGenerationCanceledException">The caller cancelled; the exception says whether credits were spent.</exception>
    Task<ImageTask> SubmitAsync(ImageQuote quote, CancellationToken cancellationToken = default);

    /// <summary>
    /// Buys and returns the task as soon as the service has accepted the order, in about a second; the images come later.
    /// </summary>
    /// <param name="request">What to generate.</param>
    /// <param name="cancellationToken">Ends the wait; see the remarks of the interface.</param>
    /// <returns>The bought task, for <see cref="WaitForCompletionAsync"/>, <see cref="WatchAsync"/> or
    /// <see cref="ImageTask.ToHandle"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="ImaException">It was not bought, or (<see cref="ImaErrorKind.OutcomeUnknown"/>) nobody can tell.</exception>
    /// <exception cref="ImageGenerationCanceledException">The caller cancelled; the exception says whether credits were spent.</exception>
    Task<ImageTask> SubmitAsync(ImageRequest request, CancellationToken cancellationToken = default);

    /// <summary>Looks at a task once. Spends nothing.</summary>
    /// <param name="task">A task from <see cref="SubmitAsync(ImageRequest, CancellationToken)"/>, from a handle, or <c>new
    /// ImageTask(id)</c>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The task's state now; with <see cref="ImageProgress.Result"/> when it is finished.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="task"/> is null.</exception>
    /// <exception cref="ImaException">Every image failed, or the state could not be read; the error carries the task.</exception>
    /// <exception cref="ImageGenerationCanceledException">The caller cancelled.</exception>
    Task<ImageProgress> GetAsync(ImageTask task, CancellationToken cancellationToken = default);

    /// <summary>
    /// Watches a task until it is finished, for at most <see cref="ImaNanoBananaOptions.WatchTimeout"/> from the start of
    /// this watch. Spends nothing; may be called again, and in another process than the one that bought.
    /// </summary>
    /// <param name="task">A task from <see cref="SubmitAsync(ImageRequest, CancellationToken)"/>, from a handle, or <c>new
    /// ImageTask(id)</c>.</param>
    /// <param name="cancellationToken">Ends the watch; the task goes on.</param>
    /// <returns>An item for each look at the task; the last one has <see cref="ImageProgress.Result"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="task"/> is null; thrown by the call itself.</exception>
    /// <exception cref="ImaException">Thrown while enumerating: every image failed, the time is over, or the state is not to be
    /// had. It carries the task.</exception>
    /// <exception cref="ImageGenerationCanceledException">Thrown while enumerating: the caller cancelled. It carries the task.</exception>
    IAsyncEnumerable<ImageProgress> WatchAsync(ImageTask task, CancellationToken cancellationToken = default);

    /// <summary>Waits for a task like <see cref="WatchAsync"/>, without the progress.</summary>
    /// <param name="task">A task from <see cref="SubmitAsync(ImageRequest, CancellationToken)"/>, from a handle, or <c>new
    /// ImageTask(id)</c>.</param>
    /// <param name="cancellationToken">Ends the wait; the task goes on.</param>
    /// <returns>The images.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="task"/> is null.</exception>
    /// <exception cref="ImaException">Every image failed, the time is over, or the state is not to be had. It carries the task.</exception>
    /// <exception cref="ImageGenerationCanceledException">The caller cancelled. It carries the task.</exception>
    Task<ImageResult> WaitForCompletionAsync(ImageTask task, CancellationToken cancellationToken = default);

    /// <summary>
    /// Continues what the journal holds unfinished: what a crashed or stopped process left. Orders nothing and spends nothing;
    /// may be called at every start.
    /// </summary>
    /// <param name="completedWithin">
    /// Hands over again what was completed within this time: results that a process had received and perhaps not saved when
    /// it ended. Null for the unfinished ones only.
    /// </param>
    /// <param name="cancellationToken">Ends the wait; the tasks go on.</param>
    /// <returns>
    /// An outcome for each purchase, as it ends: its result, or the error (<see cref="ImaErrorKind.OutcomeUnknown"/> where
    /// nobody can tell whether it was bought). A result counts as handed over when the reader asks for the next one or comes
    /// to the end; until then it is handed over again by the next resuming, so take its <see cref="ImageOutcome.IdempotencyKey"/>
    /// for its name. Where other processes use the journal too, their running purchases are among the outcomes.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="completedWithin"/> is negative; thrown by the call itself.</exception>
    /// <exception cref="OperationCanceledException">Thrown while enumerating: the caller cancelled.</exception>
    /// <exception cref="IOException">Thrown while enumerating: the journal cannot be listed. A journal of another kind throws
    /// its own.</exception>
    IAsyncEnumerable<ImageOutcome> ResumeAsync(TimeSpan? completedWithin = null, CancellationToken cancellationToken = default);

    /// <summary>Buys and waits for the images, 20 to 120 seconds.</summary>
    /// <param name="request">What to generate.</param>
    /// <param name="cancellationToken">Ends the wait; see the remarks of the interface.</param>
    /// <returns>The images.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="ImaException">It says whether credits were spent and carries the task where there is one.</exception>
    /// <exception cref="ImageGenerationCanceledException">The caller cancelled; the exception says whether credits were spent.</exception>
    Task<ImageResult> GenerateAsync(ImageRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Buys and waits like <see cref="GenerateAsync"/>, with an item at every step. Nothing happens before the stream is
    /// enumerated. A stream stands for one purchase and can be enumerated once.
    /// </summary>
    /// <param name="request">What to generate.</param>
    /// <param name="cancellationToken">Ends the wait; see the remarks of the interface.</param>
    /// <returns>
    /// The steps in order. From <see cref="ImageStage.Accepted"/> on they carry the task, before any poll; the last one has
    /// <see cref="ImageProgress.Result"/>. Leaving at <see cref="ImageStage.Submitting"/> or earlier buys nothing.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null; thrown by the call itself.</exception>
    /// <exception cref="ImaException">
    /// Thrown by the call itself when the request is refused without the product list, else while enumerating.
    /// </exception>
    /// <exception cref="InvalidOperationException">The stream is enumerated a second time; nothing is bought.</exception>
    /// <exception cref="ImageGenerationCanceledException">Thrown while enumerating: the caller cancelled; it says whether
    /// credits were spent.</exception>
    IAsyncEnumerable<ImageProgress> GenerateStreamingAsync(ImageRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Uploads a local image, so that several orders can work from it. Spends nothing. Orders upload their local images
    /// themselves; this is for using one image more than once.
    /// </summary>
    /// <param name="input">The image; an address is checked and returned as it is.</param>
    /// <param name="cancellationToken">Ends the upload.</param>
    /// <returns>The public address of the image, for <see cref="ImageInput.FromUrl(Uri)"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="input"/> is null.</exception>
    /// <exception cref="ImaException">The image cannot be used (<see cref="ImaErrorKind.InvalidRequest"/>) or not be uploaded
    /// (<see cref="ImaErrorKind.UploadFailed"/>).</exception>
    /// <exception cref="ImageGenerationCanceledException">The caller cancelled.</exception>
    Task<Uri> UploadAsync(ImageInput input, CancellationToken cancellationToken = default);

    /// <summary>
    /// Downloads a finished image into a stream and verifies it: it is an image by its first bytes and whole. No key is
    /// sent. Into a stream that can seek it is tried three times. See <c>SaveAsync</c> for files.
    /// </summary>
    /// <param name="image">The image; its address must be <c>https</c>.</param>
    /// <param name="destination">Where it goes, from the present position; stays open. After an error it may hold a part of the
    /// image.</param>
    /// <param name="cancellationToken">Ends the download.</param>
    /// <returns>What the bytes themselves say.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="destination"/> cannot be written.</exception>
    /// <exception cref="ImaException">The image could not be had whole (<see cref="ImaErrorKind.DownloadFailed"/>); it is paid
    /// for, download it again.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    Task<ImageDownload> DownloadAsync(GeneratedImage image, Stream destination, CancellationToken cancellationToken = default);
}
