using System.Diagnostics.CodeAnalysis;

namespace ImaNanoBanana.Transport;

/// <summary>
/// The bytes of one create and what became of them. It travels in the request's options, so that every copy of the
/// request that a handler makes shares it, and all of them together put the bytes on the wire at most once.
/// </summary>
/// <remarks>Thread-safe. The gate has three states: not sent yet, sent, withdrawn; only the first can be left.</remarks>
[SuppressMessage(
    "Design",
    "CA1001",
    Justification = "The token source has no timer and no wait handle; a handler may look at its token after everyone else is done.")]
internal sealed class Submission(ReadOnlyMemory<byte> body)
{
    public const string OptionName = "ImaNanoBanana.Submission";

    public static readonly HttpRequestOptionsKey<Submission> OptionsKey = new(OptionName);

    private const int NotSent = 0;
    private const int Sent = 1;
    private const int Withdrawn = 2;

    private readonly TaskCompletionSource<SubmissionRecord> _record = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _withdrawal = new();
    private int _gate = NotSent;
    private int _claimed;

    public ReadOnlyMemory<byte> Body { get; } = body;

    /// <summary>Completes with the true answer once the send is over; it ends at the latest with the send's own deadline.</summary>
    public Task<SubmissionRecord> Record => _record.Task;

    /// <summary>Cancelled when the submission is withdrawn, which is only possible before the bytes went out.</summary>
    public CancellationToken Withdrawal => _withdrawal.Token;

    public bool WasSent => Volatile.Read(ref _gate) == Sent;

    /// <summary>True for the one caller that is to send it.</summary>
    public bool TryClaim() => Interlocked.Exchange(ref _claimed, 1) == 0;

    /// <summary>True once, unless the submission was withdrawn: the content may write its bytes.</summary>
    public bool TryBeginSend() => Interlocked.CompareExchange(ref _gate, Sent, NotSent) == NotSent;

    /// <summary>True when the bytes have not gone out and now never will.</summary>
    public bool TryWithdraw()
    {
        switch (Interlocked.CompareExchange(ref _gate, Withdrawn, NotSent))
        {
            case NotSent:
                StopConnecting();
                return true;
            case Withdrawn:
                return true;
            default:
                return false;
        }
    }

    /// <summary>What callbacks of the primary handler throw does not change that the bytes will never go out.</summary>
    private void StopConnecting()
    {
        try
        {
            _withdrawal.Cancel();
        }
        catch (AggregateException)
        {
            // An app's own callbacks.
        }
    }

    public void Complete(SubmissionRecord record) => _record.TrySetResult(record);
}
