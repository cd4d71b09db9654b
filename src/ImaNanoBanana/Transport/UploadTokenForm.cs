using System.Globalization;

namespace ImaNanoBanana.Transport;

/// <summary>
/// Describes what an upload token is requested for. It travels in the request's options. The wire handler creates the form itself,
/// which contains the API key, again for each send.
/// </summary>
internal sealed record UploadTokenForm(string Suffix, string MediaType)
{
    public const string OptionName = "ImaNanoBanana.UploadToken";

    public static readonly HttpRequestOptionsKey<UploadTokenForm> OptionsKey = new(OptionName);

    public byte[] ToBytes(string apiKey, DateTimeOffset now)
    {
        var timestamp = now.ToUnixTimeSeconds();
        var nonce = UploadSignature.NewNonce();
        (string Name, string Value)[] fields =
        [
            ("appUid", apiKey),
            ("appId", UploadSignature.AppId),
            ("appKey", UploadSignature.AppKey),
            ("cmimToken", apiKey),
            ("sign", UploadSignature.Sign(timestamp, nonce)),
            ("timestamp", timestamp.ToString(CultureInfo.InvariantCulture)),
            ("nonce", nonce),
            ("fService", "privite"),
            ("fType", "picture"),
            ("fSuffix", Suffix),
            ("fContentType", MediaType),
        ];
        return System.Text.Encoding.ASCII.GetBytes(
            string.Join('&', fields.Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value)}")));
    }
}
