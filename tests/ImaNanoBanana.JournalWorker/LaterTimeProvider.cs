namespace ImaNanoBanana.JournalWorker;

/// <summary>The clock of a machine that is hours ahead or behind, or of a process that is started after another one was killed.</summary>
internal sealed class LaterTimeProvider(TimeSpan by) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
}
