using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Resilience;

/// <summary>A gate of the app. A wait ends with its token even if the gate ignores it, and a gate that throws harms no answer.</summary>
internal sealed class AppRequestGate(IRequestGate gate) : IRequestGate
{
    public async ValueTask WaitAsync(ImaRequestKind kind, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await gate.WaitAsync(kind, cancellationToken).AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public void SlowDown(TimeSpan? retryAfter) =>
        AppCallback.Invoke((gate, retryAfter), static state => state.gate.SlowDown(state.retryAfter));
}
