namespace ImaNanoBanana.Testing;

/// <summary>Describes what happens to one request.</summary>
/// <param name="Fault">The fault of its response, or null for a normal response.</param>
/// <param name="Course">For a create request: the course of its task, or null for a successful one.</param>
/// <param name="Price">For a create request: the price of an image of its kind, starting with this request; null for no change.</param>
internal sealed record SimulatedTurn(SimulatedFault? Fault = null, SimulatedCourse? Course = null, decimal? Price = null)
{
    public static readonly SimulatedTurn Good = new();

    /// <summary>Refuses a request beyond the limit: a place is free after at most one second.</summary>
    public static readonly SimulatedTurn TooManyRequests = new(SimulatedFault.TooManyRequests("1"));
}
