namespace ImaNanoBanana.Testing;

/// <summary>
/// A request that the wire contract does not allow. The simulator answered it as the service would, and remembers it for a test
/// to see.
/// </summary>
/// <param name="Endpoint">What was asked for: <c>list</c>, <c>create</c>, <c>detail</c>, <c>token</c>, <c>put</c>.</param>
/// <param name="Rule">The rule that was broken, in words. Never a key.</param>
public sealed record SimulatorViolation(string Endpoint, string Rule);
