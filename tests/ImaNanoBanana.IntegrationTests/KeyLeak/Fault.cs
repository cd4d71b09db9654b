using System.Text;
using System.Text.Json;
using ImaNanoBanana.IntegrationTests.Sockets;

namespace ImaNanoBanana.IntegrationTests.KeyLeak;

/// <summary>The ways in which an endpoint fails. The worst ones repeat everything that they received.</summary>
internal static class Fault
{
    private const int UnknownCode = 9999;

    /// <summary>At any endpoint.</summary>
    public static IReadOnlyDictionary<string, Func<RawRequest, Reply>> Anywhere { get; } = new Dictionary<string, Func<RawRequest, Reply>>
    {
        ["401"] = _ => Envelope(401, 401, "Unauthorized"),
        ["403"] = _ => Envelope(403, 403, "Forbidden"),
        ["404"] = _ => Envelope(404, 404, "Not found"),
        ["429"] = _ => Envelope(429, 429, "Too many requests"),
        ["500"] = _ => Envelope(500, 500, "Internal error"),
        ["503 of a gateway"] = _ => Reply.GatewayError,
        ["code 401"] = _ => Envelope(200, 401, "Unauthorized"),
        ["code 4008"] = _ => Envelope(200, 4008, "Insufficient points"),
        ["code 6009"] = _ => Envelope(200, 6009, "No rule"),
        ["connection lost"] = _ => Reply.Drop,
        ["body cut off"] = request => Raw(200, "", Echo(request), announced: 10_000),
        ["unreadable body"] = _ => Reply.Json(200, "<html>sign in to the hotel's network</html>"),
        ["redirect 302"] = request => Redirect(302, request),
        ["redirect 307"] = request => Redirect(307, request),
        ["echo in a refusal"] = request => Envelope(200, UnknownCode, Echo(request)),
        ["echo in a bad request"] = request => Envelope(400, UnknownCode, Echo(request)),
        ["echo in an overload"] = request => Envelope(503, UnknownCode, Echo(request)),
        ["echo in a success that is none"] = request => Envelope(200, 200, Echo(request)),
        ["echo in a page"] = request => Raw(403, "Content-Type: text/html\r\n", $"<pre>{Echo(request)}</pre>"),
        ["echo in headers"] = request =>
            Raw(400, $"X-Echo: {Echo(request)}\r\nWWW-Authenticate: Bearer realm=\"{Echo(request)}\"\r\n", "{}"),
        ["echo in the content's headers"] = request => Raw(400, $"Content-Type: text/html; echo=\"{Echo(request)}\"\r\n", "{}"),
        ["echo in the reason"] = request =>
            new Reply(Encoding.ASCII.GetBytes($"HTTP/1.1 400 {Echo(request)}\r\nContent-Length: 0\r\n\r\n")),
        ["echo of the addresses"] = _ => Envelope(200, UnknownCode, "cannot fetch " + LeakService.Addresses),
        ["echo of the addresses in a bad request"] = _ => Envelope(400, 400, "cannot fetch " + LeakService.Addresses),
    };

    /// <summary>At one endpoint, by its name and what it does.</summary>
    public static IReadOnlyDictionary<(string Endpoint, string Name), Func<RawRequest, Reply>> Special { get; } =
        new Dictionary<(string, string), Func<RawRequest, Reply>>
        {
            [("create", "a task id and a refusal")] = request => Json(
                200, new { code = UnknownCode, message = Echo(request), data = new { id = "task_1" } }),
            [("detail", "failed with an echo")] = request => Media(2, Echo(request)),
            [("detail", "failed and names the addresses")] = _ => Media(2, "cannot fetch " + LeakService.Addresses),
            [("detail", "deleted and names the addresses")] = _ => Media(3, "removed " + LeakService.Addresses),
            [("token", "an address on an unknown host")] = _ =>
                LeakService.Token($"https://{LeakService.OtherHost}/0001.png?Signature={Secret.Upload.Value}"),
            [("token", "a plain http address")] = _ =>
                LeakService.Token($"http://{LeakService.StorageHost}/0001.png?Signature={Secret.Upload.Value}"),
            [("image", "no image")] = request => Reply.Binary(Encoding.UTF8.GetBytes(Echo(request))),
            [("image", "cut off")] = _ => Reply.Binary(TestImage.Png[..1000], TestImage.Png.Length),
        };

    public static Func<RawRequest, Reply> Of(string endpoint, string name) =>
        Special.TryGetValue((endpoint, name), out var special) ? special : Anywhere[name];

    private static Reply Media(int status, string reason) => Json(
        200,
        new { code = 200, message = "success", data = new { medias = new[] { new { resource_status = status, error_msg = reason } } } });

    private static Reply Envelope(int status, int code, string message) => Json(status, new { code, message, data = (string?)null });

    private static Reply Json(int status, object body) => Reply.Json(status, JsonSerializer.Serialize(body));

    /// <summary>What the endpoint received, its secrets first.</summary>
    private static string Echo(RawRequest request) =>
        $"got {request.Headers.GetValueOrDefault("Authorization")} "
            + $"{(request.Body.Length < 1000 ? Encoding.ASCII.GetString(request.Body) : "")} {request.Target}";

    private static Reply Redirect(int status, RawRequest request) =>
        Reply.Redirect(status, $"https://{LeakService.OtherHost}/elsewhere?{request.Target.Split('?')[^1]}");

    private static Reply Raw(int status, string headers, string body, int? announced = null) => new(
        Encoding.ASCII.GetBytes(
            $"HTTP/1.1 {status} X\r\n{headers}Content-Length: {announced ?? body.Length}\r\n\r\n{body}"), Close: announced is not null);
}
