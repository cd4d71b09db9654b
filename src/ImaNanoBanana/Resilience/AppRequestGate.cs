using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Resilience;

/// <summary>
/// A gate of the app. A wait is cancelled with its token whatever the gate does, and a gate that throws harms no answer.
/// </summary>
internal sealed class AppRequestGate(IRequestGate gate) : IRequestGate
{
    public async ValueTask WaitAsync(ImaRequestKind kind, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            await gate.WaitAsync(kind, cancellationToken).AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
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
