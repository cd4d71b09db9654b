namespace ImaNanoBanana.Testing;

/// <summary>
/// Represents a request that the service does not allow. The simulator responded to it as the service would and recorded it for a
/// test to check.
/// </summary>
/// <param name="Endpoint">The endpoint: <c>list</c>, <c>create</c>, <c>detail</c>, <c>token</c>, <c>put</c>.</param>
/// <param name="Rule">The rule that was violated, in words. It never contains a key.</param>
public sealed record SimulatorViolation(string Endpoint, string Rule);
