namespace ImaNanoBanana.Transport;

/// <summary>The fixed hosts of the service (wire contract, hosts). No option changes them.</summary>
internal static class ImaHosts
{
    public const string Api = "api.imastudio.com";

    public const string Upload = "imapi.liveme.com";

    public static readonly Uri ApiBase = new($"https://{Api}/");

    public static readonly Uri UploadBase = new($"https://{Upload}/");

    /// <summary>Whether an address is https on this fixed host, so that a request to it may carry the key.</summary>
    public static bool IsOn(Uri? address, string host) =>
        address is { IsAbsoluteUri: true, IsDefaultPort: true, UserInfo: "" }
        && address.Scheme == Uri.UriSchemeHttps
        && string.Equals(address.Host, host, StringComparison.OrdinalIgnoreCase);
}
