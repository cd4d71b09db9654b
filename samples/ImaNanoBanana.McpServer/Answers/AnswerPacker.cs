using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace ImaNanoBanana.Mcp.Answers;

/// <summary>
/// Creates the result of a call for one client: only content types that the client knows, and never more characters than it
/// accepts. Images are left out first, then links; the text, which contains all links, always stays. Pure.
/// </summary>
internal static class AnswerPacker
{
    /// <value>4,096 characters for what surrounds the result in its message, the id of the request for example.</value>
    private const int Envelope = 4096;

    private static readonly JsonTypeInfo<CallToolResult> ResultType =
        (JsonTypeInfo<CallToolResult>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(CallToolResult));

    /// <param name="text">The text of the answer.</param>
    /// <param name="blocks">The links and images.</param>
    /// <param name="structured">The structured form of the answer; null for none.</param>
    /// <param name="isError">Whether the call failed.</param>
    /// <param name="features">What the client knows.</param>
    /// <param name="mostCharacters">The most characters of the encoded message.</param>
    public static CallToolResult Pack(
        string text,
        IEnumerable<ContentBlock> blocks,
        JsonElement? structured,
        bool isError,
        ClientFeatures features,
        int mostCharacters)
    {
        var content = new List<ContentBlock> { new TextContentBlock { Text = text } };
        content.AddRange(blocks.Where(block => block is not ResourceLinkBlock || features.ResourceLinks));
        var result = new CallToolResult
        {
            Content = content,
            StructuredContent = features.StructuredContent ? structured : null,
            IsError = isError,
        };
        while (content.Count > 1 && Length(result) > mostCharacters - Envelope)
        {
            content.RemoveAt(LeastNeeded(content));
        }

        return result;
    }

    /// <returns>
    /// How many image bytes an answer can contain: base64, whose plus signs are escaped, needs less than 3 characters for 2 bytes.
    /// </returns>
    public static long ImageBytes(long inlineBytes, int mostCharacters) =>
        Math.Min(inlineBytes, Math.Max(0, (mostCharacters - (2 * Envelope)) / 3 * 2));

    private static int LeastNeeded(List<ContentBlock> content)
    {
        var image = content.FindLastIndex(block => block is ImageContentBlock);
        return image > 0 ? image : content.Count - 1;
    }

    /// <summary>The encoding escapes everything outside ASCII, so that bytes are characters.</summary>
    private static int Length(CallToolResult result) => JsonSerializer.SerializeToUtf8Bytes(result, ResultType).Length;
}
