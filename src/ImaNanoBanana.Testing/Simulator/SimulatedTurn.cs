namespace ImaNanoBanana.Testing;

/// <summary>What happens to one request.</summary>
/// <param name="Fault">What its answer suffers; null for a well-behaved answer.</param>
/// <param name="Course">Of a create: the course of the task that it buys; null for a good one.</param>
/// <param name="Price">Of a create: what an image of its kind costs from this very create on; null for what it did before.</param>
internal sealed record SimulatedTurn(SimulatedFault? Fault = null, SimulatedCourse? Course = null, decimal? Price = null)
{
    public static readonly SimulatedTurn Good = new();
}
