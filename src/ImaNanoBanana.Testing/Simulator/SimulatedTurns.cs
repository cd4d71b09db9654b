namespace ImaNanoBanana.Testing;

/// <summary>Keeps a queue of scripted events for each endpoint. Thread-safe.</summary>
internal sealed class SimulatedTurns
{
    private readonly object _gate = new();
    private readonly Dictionary<string, Queue<SimulatedTurn>> _lines = SimulatedEndpoint.All.ToDictionary(
        endpoint => endpoint, _ => new Queue<SimulatedTurn>());

    /// <summary>Adds turns after those that are still pending.</summary>
    public void Add(string endpoint, params IEnumerable<SimulatedTurn> turns)
    {
        lock (_gate)
        {
            foreach (var turn in turns)
            {
                _lines[endpoint].Enqueue(turn);
            }
        }
    }

    /// <summary>Takes the next turn, or a normal one if none is pending.</summary>
    public SimulatedTurn Next(string? endpoint)
    {
        lock (_gate)
        {
            return endpoint is not null && _lines[endpoint].TryDequeue(out var turn) ? turn : SimulatedTurn.Good;
        }
    }
}
