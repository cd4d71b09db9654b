namespace ImaNanoBanana.IntegrationTests.Sockets;

/// <summary>A request as it came over the socket.</summary>
internal sealed record RawRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>Everything before the body, as it arrived.</summary>
    public string Head { get; init; } = "";

    /// <summary>The number of its connection, and its position on that connection, both from 1.</summary>
    public (int Number, int Place) Connection { get; init; }

    public bool IsCreate => Target == "/open/v1/tasks/create";
}
