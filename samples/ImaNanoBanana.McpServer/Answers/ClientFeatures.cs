using ModelContextProtocol.Server;

namespace ImaNanoBanana.Mcp.Answers;

/// <summary>
/// The parts of an answer that a client knows. A client that meets an unknown content type may reject the whole answer, after the
/// image was charged. The text of an answer always contains the links, so nothing is lost without these parts.
/// </summary>
/// <param name="ResourceLinks">Whether the content may contain resource links.</param>
/// <param name="StructuredContent">Whether the answer may contain its structured form beside the text.</param>
/// <param name="AsksBetweenRequests">Whether a question to the person ends the request, and the client makes it again with the
/// answer. Otherwise the person answers while the request waits.</param>
internal sealed record ClientFeatures(bool ResourceLinks, bool StructuredContent, bool AsksBetweenRequests)
{
    /// <summary>The first version with resource links and structured content. Text and images are in every version.</summary>
    private const string WithLinksAndStructure = "2025-06-18";

    /// <summary>The first version in which a question ends the request.</summary>
    private const string WithQuestionsBetweenRequests = "2026-07-28";

    /// <summary>A session that another instance began has no negotiated version; its options contain the version.</summary>
    public static ClientFeatures FromServer(McpServer server) =>
        FromVersion(server.NegotiatedProtocolVersion ?? server.ServerOptions.ProtocolVersion);

    /// <param name="protocolVersion">The negotiated version, a date such as <c>2025-06-18</c>. Null counts as the oldest one.</param>
    public static ClientFeatures FromVersion(string? protocolVersion)
    {
        var asksBetween = string.CompareOrdinal(protocolVersion, WithQuestionsBetweenRequests) >= 0;
        var isKnown = string.CompareOrdinal(protocolVersion, WithLinksAndStructure) >= 0;
        return new ClientFeatures(isKnown, isKnown, asksBetween);
    }
}
