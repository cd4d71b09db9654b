using System.Buffers.Text;

namespace ImaNanoBanana.Mcp.Files;

/// <summary>Reads an image that an argument contains as a <c>data:</c> URL. Pure.</summary>
internal static class DataUrl
{
    /// <value>10 MB: an argument is in the memory of the client, of the server and, often, of the model.</value>
    public const int MostBytes = 10 * 1024 * 1024;

    private const string Scheme = "data:";
    private const string Encoding = ";base64";

    public static bool IsDataUrl(string text) => text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <returns>How many bytes it may contain, without decoding it.</returns>
    public static long Length(string text) => (text.Length - (long)Math.Max(0, text.IndexOf(',', StringComparison.Ordinal))) / 4 * 3;

    /// <returns>The bytes; null if it is not encoded in base64.</returns>
    public static byte[]? Read(string text)
    {
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0 || !text[..comma].EndsWith(Encoding, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var encoded = text.AsSpan(comma + 1).Trim();
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(encoded.Length)];
        return Convert.TryFromBase64Chars(encoded, bytes, out var written) && written > 0 ? bytes[..written] : null;
    }
}
