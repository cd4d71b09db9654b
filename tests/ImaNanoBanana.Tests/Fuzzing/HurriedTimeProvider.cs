namespace ImaNanoBanana.Tests.Fuzzing;

/// <summary>
/// A clock on which every wait of up to 61 s ends as soon as it begins and moves the clock by that time. Longer times are deadlines and
/// never pass, so that busy code does not time out. Nothing else moves the clock.
/// </summary>
internal sealed class HurriedTimeProvider : TimeProvider
{
    /// <summary>Longer than anything that the client waits for on purpose.</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(61);

    private static readonly DateTimeOffset Start = new(2026, 4, 1, 12, 0, 0, TimeSpan.Zero);

    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public override DateTimeOffset GetUtcNow() => Start.AddTicks(GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new HurriedTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class HurriedTimer(HurriedTimeProvider time, TimerCallback callback, object? state) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime >= TimeSpan.Zero && dueTime <= LongestDelay)
            {
                Interlocked.Add(ref time._ticks, dueTime.Ticks);
                callback(state);
            }

            return true;
        }

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
