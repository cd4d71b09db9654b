namespace ImaNanoBanana.Transport;

/// <summary>Contains the fixed hosts of the service. No option changes them.</summary>
internal static class ImaHosts
{
    public const string Api = "api.imastudio.com";

    public const string Upload = "imapi.liveme.com";

    public static readonly Uri ApiBase = new($"https://{Api}/");

    public static readonly Uri UploadBase = new($"https://{Upload}/");

    /// <summary>Whether a URL is https on this fixed host, so that a request to it may carry the API key.</summary>
    public static bool IsOn(Uri? address, string host) =>
        address is { IsAbsoluteUri: true, IsDefaultPort: true, UserInfo: "" }
        && address.Scheme == Uri.UriSchemeHttps
        && string.Equals(address.Host, host, StringComparison.OrdinalIgnoreCase);
}
