using System.Diagnostics.CodeAnalysis;

namespace ImaNanoBanana.Transport;

/// <summary>
/// Contains the bytes of one create request and what became of them. It travels in the request's options, so that every copy of the
/// request that a handler makes shares it, and all copies together send the bytes at most once.
/// </summary>
/// <remarks>Thread-safe. The gate has three states: not sent yet, sent, withdrawn. Only the first state can change.</remarks>
[SuppressMessage(
    "Design",
    "CA1001",
    Justification = "The token source has no timer and no wait handle; a handler may use its token after all others are done.")]
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

    /// <summary>Completes with the actual response when the send is over, at the latest with the send's own deadline.</summary>
    public Task<SubmissionRecord> Record => _record.Task;

    /// <summary>Cancelled when the submission is withdrawn, which is only possible before the bytes are sent.</summary>
    public CancellationToken Withdrawal => _withdrawal.Token;

    public bool WasSent => Volatile.Read(ref _gate) == Sent;

    /// <summary>Returns true for the one caller that must send the submission.</summary>
    public bool TryClaim() => Interlocked.Exchange(ref _claimed, 1) == 0;

    /// <summary>Returns true once, unless the submission was withdrawn: then the content may write its bytes.</summary>
    public bool TryBeginSend() => Interlocked.CompareExchange(ref _gate, Sent, NotSent) == NotSent;

    /// <summary>Returns true if the bytes were not sent and now never will be.</summary>
    public bool TryWithdraw()
    {
        switch (Interlocked.CompareExchange(ref _gate, Withdrawn, NotSent))
        {
            case NotSent:
                TimedCancellation.Cancel(_withdrawal);
                return true;
            case Withdrawn:
                return true;
            default:
                return false;
        }
    }

    public void Complete(SubmissionRecord record) => _record.TrySetResult(record);
}
