namespace ImaNanoBanana.Transport;

/// <summary>
/// One attempt at a request that spends nothing. It is sent once: a handler of an app that sends it again, because it hedges
/// or repeats, gets the answer of that send. It travels in the request's options, so that copies share it. Thread-safe.
/// </summary>
internal sealed class Attempt
{
    private static readonly HttpRequestOptionsKey<Attempt> OptionsKey = new("ImaNanoBanana.Attempt");

    private readonly TaskCompletionSource<WireAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationToken _ended;
    private int _claimed;

    private Attempt(CancellationToken ended) => _ended = ended;

    /// <param name="request">The request.</param>
    /// <param name="ended">Cancelled when the attempt is over. The send follows this token and not that of the handler that
    /// caused it.</param>
    public static void Begin(HttpRequestMessage request, CancellationToken ended) => request.Options.Set(OptionsKey, new Attempt(ended));

    /// <returns>The attempt; null where each send of the request goes out.</returns>
    public static Attempt? Find(HttpRequestMessage request) =>
        request.Options.TryGetValue(OptionsKey, out var attempt) ? attempt : null;

    /// <param name="send">Sends it; throws nothing.</param>
    /// <param name="cancellationToken">Ends this caller's wait.</param>
    public Task<WireAnswer> AnswerAsync(Func<CancellationToken, Task<WireAnswer>> send, CancellationToken cancellationToken)
    {
        var answering = Interlocked.Exchange(ref _claimed, 1) == 0 ? SendAsync(send) : _answer.Task;
        return answering.WaitAsync(cancellationToken);
    }

    private async Task<WireAnswer> SendAsync(Func<CancellationToken, Task<WireAnswer>> send)
    {
        var answer = await send(_ended).ConfigureAwait(false);
        _answer.TrySetResult(answer);
        return answer;
    }
}
