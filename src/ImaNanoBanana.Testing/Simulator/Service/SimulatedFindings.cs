namespace ImaNanoBanana.Testing;

/// <summary>Records violations and differences. Not thread-safe; its owner synchronizes access.</summary>
internal sealed class SimulatedFindings(SimulatorChanges changes)
{
    private readonly List<SimulatorViolation> _violations = [];
    private readonly List<SimulatorDifference> _differences = [];

    public IReadOnlyList<SimulatorViolation> Violations => [.. _violations];

    public IReadOnlyList<SimulatorDifference> Differences => [.. _differences];

    public void AddViolation(string endpoint, string rule)
    {
        _violations.Add(new SimulatorViolation(endpoint, rule));
        changes.Add();
    }

    public void AddDifferences(string endpoint, IEnumerable<string> rules)
    {
        foreach (var rule in rules)
        {
            _differences.Add(new SimulatorDifference(endpoint, rule));
            changes.Add();
        }
    }

    /// <summary>Replaces everything that was recorded.</summary>
    public void Replace(IEnumerable<SimulatorViolation> violations, IEnumerable<SimulatorDifference> differences)
    {
        (SimulatorViolation[] newViolations, SimulatorDifference[] newDifferences) = ([.. violations], [.. differences]);
        _violations.Clear();
        _violations.AddRange(newViolations);
        _differences.Clear();
        _differences.AddRange(newDifferences);
    }
}
