namespace ImaNanoBanana.Tests.Client;

/// <summary>A gate that records its calls and lets a request wait for what the test specifies.</summary>
internal sealed class SpyGate : IRequestGate
{
    private readonly List<ImaRequestKind> _waits = [];
    private readonly List<TimeSpan?> _slowDowns = [];

    public IReadOnlyList<ImaRequestKind> Waits => Copy(_waits);

    public IReadOnlyList<TimeSpan?> SlowDowns => Copy(_slowDowns);

    /// <summary>What a request waits for; the second argument is the number of the wait, from 1.</summary>
    public Func<ImaRequestKind, int, CancellationToken, Task> Wait { get; set; } = static (_, _, _) => Task.CompletedTask;

    public ValueTask WaitAsync(ImaRequestKind kind, CancellationToken cancellationToken = default)
    {
        int number;
        lock (_waits)
        {
            _waits.Add(kind);
            number = _waits.Count;
        }

        return new ValueTask(Wait(kind, number, cancellationToken));
    }

    public void SlowDown(TimeSpan? retryAfter)
    {
        lock (_slowDowns)
        {
            _slowDowns.Add(retryAfter);
        }
    }

    private static IReadOnlyList<T> Copy<T>(List<T> list)
    {
        lock (list)
        {
            return [.. list];
        }
    }
}
