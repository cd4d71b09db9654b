namespace ImaNanoBanana.Testing;

/// <summary>
/// Represents a request as the simulator received it, with the API key masked: <c>***</c> replaces it in headers, forms, URLs and
/// bodies. A value.
/// </summary>
/// <param name="Endpoint">
/// The endpoint: <c>list</c>, <c>create</c>, <c>detail</c>, <c>token</c>, <c>put</c>, <c>image</c>; <c>unknown</c> for a URL that
/// the service does not have.
/// </param>
/// <param name="Method">The HTTP method, in capital letters.</param>
/// <param name="Path">Path and query. On hosts other than the API host, the query is a signature, and its values are <c>***</c>.</param>
/// <param name="Headers">The headers, including those of the body. Names are case-insensitive. Several values are joined by commas.</param>
/// <param name="Body">
/// The text of the body, up to 16,384 characters; for an uploaded image its number of bytes; empty if there is no body.
/// </param>
/// <param name="At">The time when the request arrived, by the simulator's clock.</param>
public sealed record SimulatedRequest(
    string Endpoint, string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body, DateTimeOffset At);
