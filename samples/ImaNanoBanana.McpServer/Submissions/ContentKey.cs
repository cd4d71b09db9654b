using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ImaNanoBanana.Mcp.Submissions;

/// <summary>Computes the idempotency keys of identical calls: <c>mcp-HASH-1</c>, <c>mcp-HASH-2</c> and so on. Pure.</summary>
internal static class ContentKey
{
    /// <summary>The prefix of the idempotency keys of these servers.</summary>
    public const string Prefix = "mcp-";

    private const int HashBytes = 16;

    /// <param name="request">The request. Its limits do not count.</param>
    /// <param name="images">For each image its URL, or the hash of its bytes.</param>
    /// <param name="variation">A text that distinguishes this request from others with the same content; null for none.</param>
    /// <returns>The key without its number. The same content always has the same key.</returns>
    public static string Compute(ImageRequest request, IReadOnlyList<string> images, string? variation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        string?[] parts =
        [
            "1",
            request.TaskType?.Value,
            request.Model?.Id ?? ImageModel.NanoBanana2.Id,
            request.Size?.Value.ToUpperInvariant(),
            request.AspectRatio?.Value.ToUpperInvariant(),
            (request.Count ?? 1).ToString(CultureInfo.InvariantCulture),
            request.Prompt,
            string.IsNullOrWhiteSpace(variation) ? null : variation.Trim(),
            .. images,
        ];
        foreach (var part in parts)
        {
            // Each part starts with its length, so that two different lists of parts never produce the same bytes.
            var bytes = part is null ? null : Encoding.UTF8.GetBytes(part);
            hash.AppendData(
                Encoding.ASCII.GetBytes(bytes is null ? "-:" : string.Create(CultureInfo.InvariantCulture, $"{bytes.Length}:")));
            hash.AppendData(bytes ?? []);
        }

        return Prefix + Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, HashBytes));
    }

    public static string Numbered(string key, int number) => string.Create(CultureInfo.InvariantCulture, $"{key}-{number}");

    /// <returns>The number of an idempotency key that belongs to the key; 0 if it belongs to another key.</returns>
    public static int Number(string key, string idempotencyKey) =>
        idempotencyKey.StartsWith(key + "-", StringComparison.Ordinal)
        && int.TryParse(idempotencyKey.AsSpan(key.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;
}
