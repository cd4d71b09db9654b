namespace ImaNanoBanana.Watching;

/// <summary>
/// Determines when to poll a task again: rarely before it can be done, often while it is expected, and ever more rarely when it is
/// late. Pure.
/// </summary>
internal static class PollSchedule
{
    /// <summary>2 s: the minimum time between polls.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(2);

    /// <summary>15 s: the maximum time between polls, however long the task takes.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    /// <summary>2.25 s between polls while the task is expected: a finished image waits 1.1 s on average.</summary>
    private static readonly TimeSpan Close = TimeSpan.FromSeconds(2.25);

    /// <summary>At most 6 s between polls before the expected time.</summary>
    private static readonly TimeSpan EarlyStep = TimeSpan.FromSeconds(6);

    /// <summary>A new task is first polled after this fraction of the shortest expected time.</summary>
    private const double FirstPart = 0.6;

    /// <summary>The time between polls of a late task, as a fraction of the time that the task has taken so far.</summary>
    private const double LatePart = 0.09;

    /// <summary>The spread of the jitter, so that tasks that began together are not polled together.</summary>
    private const double Spread = 0.06;

    /// <param name="age">The time since the create request; null if it is unknown.</param>
    /// <param name="watched">The time since the watch began.</param>
    /// <param name="minExpectedDuration">The shortest expected time; null if it is unknown.</param>
    /// <param name="maxExpectedDuration">The longest expected time; null if it is unknown.</param>
    /// <param name="jitter">From 0 to 1.</param>
    /// <param name="isSeen">Whether the expected times are those of tasks that were seen. Then a single poll before them is enough to
    /// notice that the service has become faster.</param>
    /// <returns>The time until the next poll.</returns>
    public static TimeSpan After(
        TimeSpan? age,
        TimeSpan watched,
        TimeSpan? minExpectedDuration,
        TimeSpan? maxExpectedDuration,
        double jitter,
        bool isSeen = false)
    {
        var delay = age is { } known && minExpectedDuration is { } least && maxExpectedDuration is { } most
            ? Expected(known, least, most, isSeen)
            : Late(watched);
        return Clamp(delay * (1 + ((jitter - 0.5) * Spread)));
    }

    private static TimeSpan Expected(TimeSpan age, TimeSpan least, TimeSpan most, bool isSeen)
    {
        if (age >= most)
        {
            return Late(age);
        }

        if (age >= least)
        {
            return Close;
        }

        var first = (least * FirstPart) - age;
        var step = least / 4 < EarlyStep ? least / 4 : EarlyStep;
        if (first >= Shortest)
        {
            return first;
        }

        if (!isSeen && step >= Shortest && age + step <= least - Shortest)
        {
            return step;
        }

        // The task cannot be done yet when the expected time has only just begun.
        return least + Close - age;
    }

    private static TimeSpan Late(TimeSpan soFar) => soFar * LatePart is var part && part > Close ? part : Close;

    private static TimeSpan Clamp(TimeSpan delay)
    {
        if (delay < Shortest)
        {
            return Shortest;
        }

        if (delay > Longest)
        {
            return Longest;
        }

        return delay;
    }
}
