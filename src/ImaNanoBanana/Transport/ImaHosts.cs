namespace ImaNanoBanana.Transport;

/// <summary>The fixed hosts of the service (wire contract, hosts). No option changes them.</summary>
internal static class ImaHosts
{
    public const string Api = "api.imastudio.com";

    public static readonly Uri ApiBase = new($"https://{Api}/");

    /// <summary>Whether a request to this address may carry the key.</summary>
    public static bool MayCarryKey(Uri? address) =>
        address is { IsAbsoluteUri: true, IsDefaultPort: true, UserInfo: "" }
        && address.Scheme == Uri.UriSchemeHttps
        && string.Equals(address.Host, Api, StringComparison.OrdinalIgnoreCase);
}
