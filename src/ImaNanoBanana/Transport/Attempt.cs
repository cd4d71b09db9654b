namespace ImaNanoBanana.Transport;

/// <summary>
/// Represents one attempt of a request that spends no credits. It is sent once: a handler of the app that sends it again, for hedging
/// or a retry, gets the response to the first send. It travels in the request's options, so that copies share it. Thread-safe.
/// </summary>
internal sealed class Attempt
{
    private static readonly HttpRequestOptionsKey<Attempt> OptionsKey = new("ImaNanoBanana.Attempt");

    private readonly TaskCompletionSource<WireAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationToken _ended;
    private int _claimed;

    private Attempt(CancellationToken ended) => _ended = ended;

    /// <param name="request">The request.</param>
    /// <param name="ended">Cancelled when the attempt is over. The send uses this token and not the token of the handler that caused
    /// it.</param>
    public static void Begin(HttpRequestMessage request, CancellationToken ended) => request.Options.Set(OptionsKey, new Attempt(ended));

    /// <returns>The attempt; null if every send of the request is transmitted.</returns>
    public static Attempt? Find(HttpRequestMessage request) =>
        request.Options.TryGetValue(OptionsKey, out var attempt) ? attempt : null;

    /// <param name="send">Sends the request; throws nothing.</param>
    /// <param name="cancellationToken">Cancels this caller's wait.</param>
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
