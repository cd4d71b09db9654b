using System.Globalization;

namespace ImaNanoBanana.Mcp.Submissions;

/// <summary>Makes the idempotency keys of identical calls: <c>mcp-HASH-1</c>, <c>mcp-HASH-2</c> and so on.</summary>
internal static class ContentKey
{
    /// <summary>The prefix of the idempotency keys of these servers.</summary>
    public const string Prefix = "mcp-";

    /// <param name="request">The request. Its limits do not count, and no count is the same as one image.</param>
    /// <param name="variation">A text that distinguishes this request from others with the same content; null for none.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The key without its number. The same content always has the same key.</returns>
    public static async Task<string> CreateAsync(ImageRequest request, string? variation, CancellationToken cancellationToken)
    {
        var scope = string.IsNullOrWhiteSpace(variation) ? null : variation.Trim();
        var key = await (request with { Count = request.Count ?? 1 }).CreateContentKeyAsync(scope, cancellationToken);
        return Prefix + key[(key.IndexOf('-', StringComparison.Ordinal) + 1)..];
    }

    public static string Numbered(string key, int number) => string.Create(CultureInfo.InvariantCulture, $"{key}-{number}");

    /// <returns>The number of an idempotency key that belongs to the key; 0 if it belongs to another key.</returns>
    public static int Number(string key, string idempotencyKey) =>
        idempotencyKey.StartsWith(key + "-", StringComparison.Ordinal)
        && int.TryParse(idempotencyKey.AsSpan(key.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;
}
