namespace ImaNanoBanana.IntegrationTests.Sockets;

/// <summary>A request as it came over the socket.</summary>
internal sealed record RawRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public bool IsCreate => Target == "/open/v1/tasks/create";
}
