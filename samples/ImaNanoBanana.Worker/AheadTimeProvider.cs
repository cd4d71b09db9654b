namespace ImaNanoBanana.Worker;

/// <summary>The clock of a machine whose time is wrong, for tests.</summary>
internal sealed class AheadTimeProvider(TimeSpan by) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
}
