using ImaNanoBanana.Client;
using ImaNanoBanana.Messages;

namespace ImaNanoBanana;

/// <summary>Messages for the people behind a chat, built on <see cref="IImaImageClient"/> alone.</summary>
public static class ImaMessageExtensions
{
    /// <summary>
    /// Buys an image and tells the person who waits for it: that it was heard, what it will cost, how far it is, and the image or
    /// what went wrong; each step once and in order (wire contract, vocabulary).
    /// </summary>
    /// <remarks>
    /// <para>The order is placed when the reader comes back from <see cref="ImageMessageStep.Started"/>, and at no more than the
    /// price that message told. Leaving the stream there buys nothing. A stream stands for one purchase and can be
    /// enumerated once.</para>
    /// <para>Errors of the SDK are the last message (<see cref="ImageMessage.Error"/>) and not thrown. A message that is about to be
    /// pushed is lost with its process, the image is not: give the request an <see cref="ImageRequest.IdempotencyKey"/> and the
    /// client a journal, or keep the task that <paramref name="progress"/> gets.</para>
    /// </remarks>
    /// <param name="client">The client.</param>
    /// <param name="request">What to generate.</param>
    /// <param name="language">The language of the messages; one without texts of its own gets English.</param>
    /// <param name="progress">
    /// Gets the progress itself, from <see cref="ImageStage.Accepted"/> on with the task, before the next message. What it throws is
    /// ignored: the image is paid for. Null for none.
    /// </param>
    /// <param name="timeProvider">The clock that messages are pushed by; null for the system's.</param>
    /// <param name="cancellationToken">Ends the telling; what was bought goes on.</param>
    /// <returns>The messages. While the image is made: one every 15 seconds (Nano Banana 2) or 30 seconds (Nano Banana Pro),
    /// the first not before 20 seconds.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> or <paramref name="request"/> is null; thrown by the
    /// call itself.</exception>
    /// <exception cref="InvalidOperationException">The stream is enumerated a second time; nothing is bought.</exception>
    /// <exception cref="ImageGenerationCanceledException">Thrown while enumerating: the caller cancelled; it says whether
    /// credits were spent.</exception>
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
            "This stream stands for one purchase and was enumerated already. Nothing was ordered. Call StreamMessagesAsync again to buy "
                + "another image, or with the task to tell of this one again.");
    }

    /// <summary>
    /// Tells on of a task that is bought already, in any process: how far it is, and the image or what went wrong. Spends nothing
    /// and may be called again.
    /// </summary>
    /// <param name="client">The client.</param>
    /// <param name="task">A task from <see cref="IImaImageClient.SubmitAsync(ImageRequest, CancellationToken)"/>, from a
    /// message, or from a handle.</param>
    /// <param name="language">The language of the messages; one without texts of its own gets English.</param>
    /// <param name="progress">Gets the progress itself. What it throws is ignored. Null for none.</param>
    /// <param name="timeProvider">The clock that messages are pushed by; null for the system's.</param>
    /// <param name="cancellationToken">Ends the telling; the task goes on.</param>
    /// <returns>The messages from <see cref="ImageMessageStep.Generating"/> on.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> or <paramref name="task"/> is null; thrown by the call
    /// itself.</exception>
    /// <exception cref="ImageGenerationCanceledException">Thrown while enumerating: the caller cancelled. It carries the task.</exception>
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
