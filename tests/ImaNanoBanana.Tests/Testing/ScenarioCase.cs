using ImaNanoBanana.Testing;

namespace ImaNanoBanana.Tests.Testing;

/// <summary>A scenario of the simulator, the client's result, and the cost.</summary>
/// <param name="Scenario">The name of the method.</param>
/// <param name="Arrange">Calls it.</param>
/// <param name="Outcome">What the caller gets.</param>
/// <param name="Sent">The requests, by their endpoints; the polls of one watch count as one.</param>
/// <param name="Charged">The charged credits.</param>
public sealed record ScenarioCase(
    string Scenario, Action<SimulatorScenario> Arrange, ScenarioOutcome Outcome, IReadOnlyList<string> Sent, decimal Charged)
{
    public override string ToString() => $"{Scenario}: {Outcome}";
}
