namespace ImaNanoBanana.Testing;

/// <summary>
/// A request as the simulator got it, with the API key taken out: in a header, a form, an address or a body there stands
/// <c>***</c> in its place. A value.
/// </summary>
/// <param name="Endpoint">
/// What was asked for: <c>list</c>, <c>create</c>, <c>detail</c>, <c>token</c>, <c>put</c>, <c>image</c>; <c>unknown</c> for an
/// address that the service does not have.
/// </param>
/// <param name="Method">The method, in capital letters.</param>
/// <param name="Path">Path and query. Outside of the API host the query is a signature, and its values are <c>***</c>.</param>
/// <param name="Headers">The headers, those of the body among them; names in any case. Several values are joined by commas.</param>
/// <param name="Body">
/// The text of the body, up to 16,384 characters; of an uploaded image how many bytes it has; empty where there is none.
/// </param>
/// <param name="At">When it came, by the simulator's clock.</param>
public sealed record SimulatedRequest(
    string Endpoint, string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body, DateTimeOffset At);
