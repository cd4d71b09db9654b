namespace ImaNanoBanana.JournalWorker;

/// <summary>The clock of a process that is started an hour after the one that was killed.</summary>
internal sealed class LaterTimeProvider : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddHours(1);
}
