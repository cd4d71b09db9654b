using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ImaNanoBanana.Transport;

/// <summary>Creates the signature of a request for an upload token.</summary>
internal static class UploadSignature
{
    public const string AppId = "webAgent";

    /// <summary>A public client identifier that every open client of the service ships; not a secret.</summary>
    public const string AppKey = "32jdskjdk320eew";

    private const int NonceLength = 21;

    /// <summary>The upper-case hexadecimal SHA-1 of <c>appId|appKey|timestamp|nonce</c>.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "The service requires SHA-1; it authenticates nothing here, the key does.")]
    public static string Sign(long timestamp, string nonce) => Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{AppId}|{AppKey}|{timestamp}|{nonce}"))));

    /// <summary>Creates 21 lower-case hexadecimal digits that cannot be guessed.</summary>
    public static string NewNonce() => RandomNumberGenerator.GetHexString(NonceLength, lowercase: true);
}
