using ModelContextProtocol.Protocol;

namespace ImaNanoBanana.Mcp.Answers;

/// <summary>An answer and the content blocks beside its text: links and images.</summary>
internal sealed record Delivered(ImageAnswer Answer, IReadOnlyList<ContentBlock> Blocks);
