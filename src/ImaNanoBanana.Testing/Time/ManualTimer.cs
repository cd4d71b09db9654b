namespace ImaNanoBanana.Testing;

/// <summary>A timer of a <see cref="ManualTimeProvider"/>, which guards its members.</summary>
internal sealed class ManualTimer(ManualTimeProvider time, TimerCallback callback, object? state) : ITimer
{
    public DateTimeOffset? Due { get; set; }

    /// <summary>The time until it was due when it was set.</summary>
    public TimeSpan SetFor { get; set; }

    public TimeSpan Period { get; set; }

    public bool IsDisposed { get; set; }

    public void Fire() => callback(state);

    public bool Change(TimeSpan dueTime, TimeSpan period) => time.Schedule(this, dueTime, period);

    public void Dispose() => time.Remove(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
