namespace ImaNanoBanana.Mcp.Http;

/// <summary>The settings of a server for remote users.</summary>
/// <param name="Address">Where the server listens: <c>http://127.0.0.1:8080</c>.</param>
/// <param name="Users">The users, each with a token and limits.</param>
/// <param name="Database">The connection string of PostgreSQL, for several instances; null for files.</param>
/// <param name="Origins">The origins whose pages may call the server.</param>
internal sealed record HttpSettings(
    Uri Address, IReadOnlyList<RemoteUser> Users, string? Database, IReadOnlyList<string> Origins);
