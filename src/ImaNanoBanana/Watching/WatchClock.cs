namespace ImaNanoBanana.Watching;

/// <summary>The times of one watch. Steps forward only, whatever the machine's clock does during the watch.</summary>
internal sealed class WatchClock
{
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly TimeSpan? _ageAtStart;

    public WatchClock(ImageTask task, TimeProvider time)
    {
        _time = time;
        _start = time.GetTimestamp();

        // A handle may come from a machine whose clock is ahead.
        _ageAtStart = task.CreatedAt is { } created && time.GetUtcNow() - created is var age ? Max(age, TimeSpan.Zero) : null;
    }

    /// <summary>Whether a poll was made, or is being made.</summary>
    public bool HasPolled { get; set; }

    /// <summary>Time that the client made this watch wait for its own request limiter.</summary>
    public TimeSpan InLine { get; set; }

    /// <summary>Since this watch began, without <see cref="InLine"/>: what its deadline is measured by.</summary>
    public TimeSpan Watched => SinceStart - InLine;

    /// <summary>Since this watch began.</summary>
    public TimeSpan SinceStart => _time.GetElapsedTime(_start);

    /// <summary>Since the create; null when that is not known.</summary>
    public TimeSpan? Age => _ageAtStart + SinceStart;

    /// <summary>What people are shown: since the create, else since this watch began.</summary>
    public TimeSpan Elapsed => Age ?? SinceStart;

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
