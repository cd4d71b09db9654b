using System.Text;
using System.Text.Json;

namespace ImaNanoBanana.McpServer.Tests.NpmClients;

/// <summary>What a client of the SDK for JavaScript received.</summary>
internal sealed class NpmAnswer(JsonElement message)
{
    public string? Error => message.TryGetProperty("error", out var error) ? error.GetString() : null;

    public JsonElement Result => Error is { } error ? throw new InvalidOperationException(error) : message.GetProperty("result");

    public bool IsError => Result.GetProperty("isError").GetBoolean();

    public string Text => Blocks.First().GetProperty("text").GetString()!;

    public int TextBytes => Encoding.UTF8.GetByteCount(Text);

    /// <summary>The types of the content.</summary>
    public IEnumerable<string> Types => Blocks.Select(block => block.GetProperty("type").GetString()!);

    /// <summary>The images in the content, in base64.</summary>
    public IReadOnlyList<string> Images =>
    [
        .. Blocks.Where(block => block.GetProperty("type").GetString() == "image").Select(block => block.GetProperty("data").GetString()!),
    ];

    /// <summary>The links in the text.</summary>
    public IReadOnlyList<string> Links => [.. Text.Split('\n').Where(line => line.Contains("://", StringComparison.Ordinal))];

    /// <summary>What the server wrote, progress included.</summary>
    public int Bytes => message.GetProperty("bytes").GetInt32();

    /// <summary>The same without image data, in the shortest encoding.</summary>
    public int BytesWithoutImages => message.GetProperty("bytesWithoutImages").GetInt32();

    private IEnumerable<JsonElement> Blocks => Result.GetProperty("content").EnumerateArray();
}
