namespace ImaNanoBanana.Testing;

/// <summary>
/// Represents a request that the service accepts although the SDK sends it in another way: a client in another language may send it.
/// The simulator answered it normally and recorded it for a test to check.
/// </summary>
/// <param name="Endpoint">The endpoint: <c>list</c>, <c>create</c>, <c>detail</c>, <c>token</c>.</param>
/// <param name="Rule">What is different, in words. It never contains a key.</param>
public sealed record SimulatorDifference(string Endpoint, string Rule);
