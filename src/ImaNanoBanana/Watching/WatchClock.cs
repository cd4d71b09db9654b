namespace ImaNanoBanana.Watching;

/// <summary>Measures the times of one watch. They only move forward, whatever the system clock does during the watch.</summary>
internal sealed class WatchClock
{
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly TimeSpan? _ageAtStart;
    private readonly TimeSpan? _took;

    public WatchClock(ImageTask task, TimeProvider time)
    {
        _time = time;
        _start = time.GetTimestamp();

        // A handle may come from a machine whose clock is ahead.
        _ageAtStart = task.CreatedAt is { } created && time.GetUtcNow() - created is var age ? Max(age, TimeSpan.Zero) : null;
        _took = task.EndedAt - task.CreatedAt is { } took ? Max(took, TimeSpan.Zero) : null;
    }

    /// <summary>Whether a poll was made, or is being made.</summary>
    public bool HasPolled { get; set; }

    /// <summary>The time for which the request gate made this watch wait.</summary>
    public TimeSpan InLine { get; set; }

    /// <summary>The time since this watch began, without <see cref="InLine"/>. The timeout of the watch applies to this time.</summary>
    public TimeSpan Watched => SinceStart - InLine;

    /// <summary>The time since this watch began.</summary>
    public TimeSpan SinceStart => _time.GetElapsedTime(_start);

    /// <summary>The time since the create request; null if it is unknown.</summary>
    public TimeSpan? Age => _ageAtStart + SinceStart;

    /// <summary>
    /// The time that is shown to users: since the create request or, if that is unknown, since this watch began. For a task whose end
    /// was already delivered, it is the time until then.
    /// </summary>
    public TimeSpan Elapsed => _took ?? Age ?? SinceStart;

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
