namespace ImaNanoBanana.Mcp.Answers;

/// <summary>
/// The time of one call, counted from its start. Everything that a call does shares it: reading images, the price, the question to
/// the person, the submission and the wait for the image. When it ends, the call answers; what was submitted continues.
/// </summary>
internal sealed class CallBudget : IDisposable
{
    /// <value>600 s: the most that a caller can ask for.</value>
    public const double MostSeconds = 600;

    /// <value>20 s: without it, a call that does not wait could never submit anything.</value>
    private static readonly TimeSpan LeastPreparation = TimeSpan.FromSeconds(20);

    /// <value>1 s: one status request, for a call that gets a task without waiting for it.</value>
    public static readonly TimeSpan OneStatusRequest = TimeSpan.FromSeconds(1);

    private readonly TimeSpan _wait;
    private readonly TimeProvider _time;
    private CancellationTokenSource _waiting;
    private readonly CancellationTokenSource _preparationEnd;
    private readonly CancellationTokenSource _preparing;

    /// <param name="standard">The wait if the caller asks for none.</param>
    /// <param name="askedSeconds">What the caller asks for, in seconds. A value outside 0 to 600 counts as the nearest one.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">The token of the call.</param>
    /// <param name="least">The shortest wait, whatever is asked.</param>
    public CallBudget(
        TimeSpan standard,
        decimal? askedSeconds,
        TimeProvider time,
        CancellationToken cancellationToken,
        TimeSpan least = default)
    {
        _time = time;
        var asked = Choose(standard, askedSeconds);
        _wait = asked < least ? least : asked;
        _waiting = new CancellationTokenSource(_wait, time);
        _preparationEnd = new CancellationTokenSource(_wait < LeastPreparation ? LeastPreparation : _wait, time);
        _preparing = CancellationTokenSource.CreateLinkedTokenSource(_preparationEnd.Token, cancellationToken);
    }

    /// <summary>Is cancelled when the call must answer.</summary>
    public CancellationToken Waiting => _waiting.Token;

    /// <summary>Is cancelled when nothing may be submitted any more, and with the call.</summary>
    public CancellationToken Preparing => _preparing.Token;

    /// <summary>Pure.</summary>
    public static TimeSpan Choose(TimeSpan standard, decimal? askedSeconds) =>
        askedSeconds is { } asked ? TimeSpan.FromSeconds((double)Math.Clamp(asked, 0, (decimal)MostSeconds)) : standard;

    /// <summary>Starts the wait again, for a client that made a new request after the person had answered.</summary>
    public void Restart()
    {
        _waiting.Dispose();
        _waiting = new CancellationTokenSource(_wait, _time);
    }

    public void Dispose()
    {
        _waiting.Dispose();
        _preparing.Dispose();
        _preparationEnd.Dispose();
    }
}
