using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Resilience;

/// <summary>
/// A gate of the app. A wait is cancelled with its token whatever the gate does, even if it blocks, and a gate that throws harms no
/// answer.
/// </summary>
internal sealed class AppRequestGate(IRequestGate gate) : IRequestGate
{
    /// <summary>Without a time limit: who waits for the gate decides how long.</summary>
    private readonly AppCalls _calls = new(mayBlock: true, Timeout.InfiniteTimeSpan, TimeProvider.System);

    public async ValueTask WaitAsync(ImaRequestKind kind, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            await _calls.RunAsync(token => gate.WaitAsync(kind, token), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // Whatever the gate throws because of the cancellation.
            throw new OperationCanceledException(cancellationToken);
        }
    }

    public void SlowDown(TimeSpan? retryAfter) =>
        AppCallback.Invoke((gate, retryAfter), static state => state.gate.SlowDown(state.retryAfter));
}
