using ImaNanoBanana.Client;
using ImaNanoBanana.Messages;

namespace ImaNanoBanana;

/// <summary>Provides messages for chat users. It requires only an <see cref="IImaImageClient"/>.</summary>
public static class ImaMessageExtensions
{
    /// <summary>
    /// Submits a request and returns the messages for the user who waits for the image: a confirmation that the request was received,
    /// the price, the progress, and the image or the reason for the failure. The steps follow in this sequence. Only
    /// <see cref="ImageMessageStep.Generating"/> can occur more than once.
    /// </summary>
    /// <remarks>
    /// <para>The request is submitted when the reader requests the next message after <see cref="ImageMessageStep.Started"/>, at no
    /// more than the price in that message. If you leave the stream there, nothing is submitted. A stream belongs to one submission
    /// and can be enumerated only once.</para>
    /// <para>An error of the SDK is the last message (<see cref="ImageMessage.Error"/>) and is not thrown. If the process ends before
    /// a message is sent to the user, the message is lost but the image is not: set an <see cref="ImageRequest.IdempotencyKey"/> on the
    /// request and give the client a journal, or save the task that <paramref name="progress"/> receives.</para>
    /// </remarks>
    /// <param name="client">The client.</param>
    /// <param name="request">The image to generate.</param>
    /// <param name="language">The language of the messages. English is used for a language without texts.</param>
    /// <param name="progress">
    /// Receives the progress before the next message; from <see cref="ImageStage.Accepted"/> on, the progress contains the task.
    /// Exceptions that it throws are ignored, because the image is charged. Null to report no progress.
    /// </param>
    /// <param name="timeProvider">The clock for the schedule of the messages; null for the system clock.</param>
    /// <param name="cancellationToken">Cancels the stream of messages. A charged task continues.</param>
    /// <returns>The messages. While the image is generated, there is one message every 15 seconds (Nano Banana 2) or 30 seconds
    /// (Nano Banana Pro), the first not before 20 seconds.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> or <paramref name="request"/> is null; thrown by the
    /// call itself.</exception>
    /// <exception cref="InvalidOperationException">The stream is enumerated a second time. Nothing is submitted.</exception>
    /// <exception cref="ImageGenerationCanceledException">The caller cancelled. Thrown during the enumeration. The exception says
    /// whether credits were spent.</exception>
    public static IAsyncEnumerable<ImageMessage> StreamMessagesAsync(
        this IImaImageClient client,
        ImageRequest request,
        ImaLanguage language,
        IProgress<ImageProgress>? progress = null,
        TimeProvider? timeProvider = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(request);
        return new SingleUseStream<ImageMessage>(
            new Narration(client, language, progress, timeProvider ?? TimeProvider.System).SubmitAndTellAsync(request, cancellationToken),
            "This stream belongs to one submission and was already enumerated. Nothing was submitted. Call StreamMessagesAsync again "
                + "to generate another image, or pass the task to get the messages about this image again.");
    }

    /// <summary>
    /// Returns the messages for a task that is already charged: the progress, and the image or the reason for the failure. It works
    /// in any process, spends no credits and can be called repeatedly.
    /// </summary>
    /// <param name="client">The client.</param>
    /// <param name="task">A task from <see cref="IImaImageClient.SubmitAsync(ImageRequest, CancellationToken)"/>, from a
    /// message, or from a handle.</param>
    /// <param name="language">The language of the messages. English is used for a language without texts.</param>
    /// <param name="progress">Receives the progress. Exceptions that it throws are ignored. Null to report no progress.</param>
    /// <param name="timeProvider">The clock for the schedule of the messages; null for the system clock.</param>
    /// <param name="cancellationToken">Cancels the stream of messages. The task continues.</param>
    /// <returns>The messages from <see cref="ImageMessageStep.Generating"/> on.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> or <paramref name="task"/> is null; thrown by the call
    /// itself.</exception>
    /// <exception cref="ImageGenerationCanceledException">The caller cancelled. Thrown during the enumeration. The exception contains
    /// the task.</exception>
    public static IAsyncEnumerable<ImageMessage> StreamMessagesAsync(
        this IImaImageClient client,
        ImageTask task,
        ImaLanguage language,
        IProgress<ImageProgress>? progress = null,
        TimeProvider? timeProvider = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(task);
        return new OneReaderStream<ImageMessage>(
            new Narration(client, language, progress, timeProvider ?? TimeProvider.System).TryWriteAsync(task, cancellationToken));
    }
}
