using ImaNanoBanana.Transport;
using Polly;

namespace ImaNanoBanana.Resilience;

/// <summary>
/// Repeats an upload or a download. Not done by the resilience handler, because an attempt ends with the last byte of the
/// caller's file or stream, below which no handler reaches; the strategy is the same. Thread-safe.
/// </summary>
internal sealed class RepeatedTransfer(
    ImaNanoBananaOptions options, TimeProvider time, RequestLimiter limiter, ResiliencePipeline<HttpResponseMessage> repetition)
{
    /// <param name="attempt">Transfers once; its answer tells whether to repeat.</param>
    /// <param name="cancellationToken">Ends the transfer.</param>
    /// <exception cref="TimeoutException">The time of all attempts is over.</exception>
    public Task<HttpResponseMessage> RunAsync(
        Func<CancellationToken, Task<HttpResponseMessage>> attempt, CancellationToken cancellationToken) =>
        Deadline.RunAsync(
            options.TransferTimeout,
            time,
            deadline => RepeatAsync(attempt, deadline),
            $"Not done within {options.TransferTimeout.TotalSeconds:0} s, repetitions included.",
            cancellationToken);

    private Task<HttpResponseMessage> RepeatAsync(Func<CancellationToken, Task<HttpResponseMessage>> attempt, Deadline deadline) =>
        repetition.ExecuteAsync(
            async token =>
            {
                await deadline.PauseAsync(limiter.WaitAsync(deadline.Token)).ConfigureAwait(false);
                return await attempt(token).ConfigureAwait(false);
            },
            deadline.Token).AsTask();
}
