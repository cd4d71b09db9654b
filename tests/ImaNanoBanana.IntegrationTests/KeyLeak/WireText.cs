using System.Text;
using ImaNanoBanana.IntegrationTests.Sockets;

namespace ImaNanoBanana.IntegrationTests.KeyLeak;

/// <summary>
/// A request as it arrived over the socket, without the secrets in their intended places: the key in the header to the API and in the form
/// to the upload service, and a signature in the URL that it is for. Anything left is a leak.
/// </summary>
internal static class WireText
{
    private static readonly string FormKey = Uri.EscapeDataString(Secret.Key.Value);

    public static string WithoutWhatBelongs(RawRequest request)
    {
        var host = request.Headers["Host"];
        var isApi = host == "api.imastudio.com";
        var target = (request.Method, host) is ("PUT", LeakService.StorageHost) or ("GET", LeakService.ImageHost)
            ? request.Target.Split('?')[0]
            : request.Target;
        var headers = request.Headers.Where(
            header => !(isApi && header.Key == "Authorization" && header.Value == "Bearer " + Secret.Key.Value));
        var body = Encoding.Latin1.GetString(request.Body);
        if (host == "imapi.liveme.com" && request is { Method: "POST", Target: "/api/rest/oss/getuploadtoken" })
        {
            body = string.Join('&', body.Split('&').Where(field => field != "appUid=" + FormKey && field != "cmimToken=" + FormKey));
        }
        else if (isApi && request.IsCreate)
        {
            // The service downloads the caller's image, so it gets the whole URL.
            body = body.Replace(LeakService.InputAddress, "", StringComparison.Ordinal);
        }

        return $"{request.Method} {host} {target} {string.Join(' ', headers.Select(header => $"{header.Key}: {header.Value}"))} {body}";
    }
}
