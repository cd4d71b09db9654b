using ImaNanoBanana.Transport;
using Polly;

namespace ImaNanoBanana.Resilience;

/// <summary>
/// Repeats an upload or a download. The resilience handler cannot do this, because an attempt ends with the last byte of the caller's
/// file or stream, which no handler reaches. The retry strategy is the same. Thread-safe.
/// </summary>
internal sealed class RepeatedTransfer(
    ImaNanoBananaOptions options, TimeProvider time, IRequestGate gate, ResiliencePipeline<HttpResponseMessage> repetition)
{
    /// <param name="attempt">Transfers once; its response determines whether to repeat.</param>
    /// <param name="cancellationToken">Cancels the transfer.</param>
    /// <exception cref="TimeoutException">The time of all attempts has passed.</exception>
    public Task<HttpResponseMessage> RunAsync(
        Func<CancellationToken, Task<HttpResponseMessage>> attempt, CancellationToken cancellationToken) =>
        Deadline.RunAsync(
            options.TransferTimeout,
            time,
            deadline => RepeatAsync(attempt, deadline),
            static limit => $"Not completed within {limit.TotalSeconds:0} s, including retries.",
            cancellationToken);

    private Task<HttpResponseMessage> RepeatAsync(Func<CancellationToken, Task<HttpResponseMessage>> attempt, Deadline deadline) =>
        repetition.ExecuteAsync(
            async token =>
            {
                await deadline.PauseAsync(gate.WaitAsync(ImaRequestKind.Read, deadline.Token)).ConfigureAwait(false);
                return await attempt(token).ConfigureAwait(false);
            },
            deadline.Token).AsTask();
}
