namespace ImaNanoBanana.Testing;

/// <summary>Keeps a queue of scripted events for each endpoint. Thread-safe.</summary>
internal sealed class SimulatedTurns(SimulatorChanges changes)
{
    private readonly object _gate = new();
    private readonly Dictionary<string, Queue<SimulatedTurn>> _lines = SimulatedEndpoint.All.ToDictionary(
        endpoint => endpoint, _ => new Queue<SimulatedTurn>());

    /// <summary>The pending turns of the endpoints that have any. A snapshot.</summary>
    public Dictionary<string, List<SimulatedTurn>> Pending
    {
        get
        {
            lock (_gate)
            {
                return _lines.Where(line => line.Value.Count > 0).ToDictionary(line => line.Key, line => line.Value.ToList());
            }
        }
    }

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

        changes.Add();
    }

    /// <summary>Removes all pending turns.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            foreach (var line in _lines.Values)
            {
                line.Clear();
            }
        }

        changes.Add();
    }

    /// <summary>Takes the next turn, or a normal one if none is pending.</summary>
    public SimulatedTurn Next(string? endpoint)
    {
        lock (_gate)
        {
            if (endpoint is null || !_lines[endpoint].TryDequeue(out var turn))
            {
                return SimulatedTurn.Good;
            }

            changes.Add();
            return turn;
        }
    }
}
