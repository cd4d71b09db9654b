namespace ImaNanoBanana.Testing;

/// <summary>Counts the changes of a simulator's state, so that its file is written only if something changed. Thread-safe.</summary>
internal sealed class SimulatorChanges
{
    private long _count;

    public long Count => Interlocked.Read(ref _count);

    public void Add() => Interlocked.Increment(ref _count);
}
