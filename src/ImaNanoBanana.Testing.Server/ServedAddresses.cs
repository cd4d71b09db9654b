using Microsoft.AspNetCore.Http;

namespace ImaNanoBanana.Testing;

/// <summary>
/// Translates between the URLs of the real service and those of the server as a caller sees it. The caller may see another host or port
/// than the one on which the server listens: behind a forwarded port or a reverse proxy, only the request names the right one. Pure.
/// </summary>
/// <param name="Storage">The URL of the uploads, with a slash at its end.</param>
/// <param name="Images">The URL of the images, with a slash at its end.</param>
internal sealed record ServedAddresses(string Storage, string Images)
{
    private const string StoragePrefix = "/storage";
    private const string ImagePrefix = "/images";
    private const string ApiHost = "https://api.imastudio.com";
    private const string UploadHost = "https://imapi.liveme.com";
    private const string StorageHost = "https://simulator.oss.aliyuncs.com";
    private const string ImageHost = "https://ima-ga.esxscloud.com";

    /// <summary>The addresses below an address, for example <c>http://127.0.0.1:5080</c>.</summary>
    public static ServedAddresses At(Uri address) => new(
        new Uri(address, StoragePrefix + "/").AbsoluteUri, new Uri(address, ImagePrefix + "/").AbsoluteUri);

    /// <summary>The addresses that the caller of a request can use.</summary>
    /// <param name="scheme">The scheme of the request.</param>
    /// <param name="host">The host and port that the request names.</param>
    /// <param name="listening">The address of the server, for a request that names no host.</param>
    public static ServedAddresses For(string scheme, HostString host, Uri listening) =>
        host.HasValue && Uri.TryCreate($"{scheme}://{host.ToUriComponent()}/", UriKind.Absolute, out var address)
            ? At(address)
            : At(listening);

    /// <returns>The URL that a client of the real service would use for a path of the server.</returns>
    public static string ServiceAddress(string path)
    {
        if (path.StartsWith(StoragePrefix + "/", StringComparison.Ordinal))
        {
            return StorageHost + path[StoragePrefix.Length..];
        }

        if (path.StartsWith(ImagePrefix + "/", StringComparison.Ordinal))
        {
            return ImageHost + path[ImagePrefix.Length..];
        }

        return (path.StartsWith("/api/", StringComparison.Ordinal) ? UploadHost : ApiHost) + path;
    }

    /// <returns>A response of the simulator with the URLs of the server.</returns>
    public string Outward(string json) => json
        .Replace(StorageHost + "/", Storage, StringComparison.Ordinal)
        .Replace(ImageHost + "/", Images, StringComparison.Ordinal);

    /// <returns>A request with the URLs of the real service.</returns>
    public string Inward(string json) => json.Replace(Images, ImageHost + "/", StringComparison.Ordinal);
}
