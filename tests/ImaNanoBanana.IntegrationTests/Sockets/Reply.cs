using System.Text;
using ImaNanoBanana.Planning;

namespace ImaNanoBanana.IntegrationTests.Sockets;

/// <summary>What a raw server does with a request: the bytes to send, and whether it then ends the connection.</summary>
internal sealed record Reply(byte[] Bytes, bool Close = false)
{
    public const string TaskId = "task_20261122_7f3a9c52e1d84b06";

    private const string Catalog = """
        [{"id":"gemini-3.1-flash-image-preview","type":"3","model_id":"gemini-3.1-flash-image","name":"Nano Banana 2",
          "tags":[{"tag_type":"EET","tag_value":"20~35s"}],
          "form_config":[{"field":"aspect_ratio","value":"1:1"},{"field":"size","value":"1K"}],
          "credit_rules":[{"attribute_id":4401,"points":6,"attributes":{"size":"1K"}}]}]
        """;

    /// <summary>How many spaces follow the bytes, written as long as the client reads them.</summary>
    public long Padding { get; init; }

    /// <summary>Whether the connection is reset rather than closed.</summary>
    public bool Reset { get; init; }

    /// <summary>Runs after the bytes instead of an end: the connection stays open and silent.</summary>
    public Action? ThenSilent { get; init; }

    /// <summary>Ends the connection without any byte of a response.</summary>
    public static Reply Drop { get; } = new([], Close: true);

    public static Reply ProductList { get; } = Json(200, """{"code":200,"message":"success","data":""" + Catalog + "}");

    public static Reply Accepted { get; } = Json(200, $$$"""{"code":200,"message":"success","data":{"id":"{{{TaskId}}}"}}""");

    public static Reply Finished { get; } = Json(200, """
        {"code":200,"data":{"medias":[{"resource_status":1,"status":"success","url":"https://images.example/1.png","width":1024,"height":1024}]}}
        """);

    public static Reply GatewayError { get; } = Text(503, "<html>Service Unavailable</html>", "text/html");

    public static Reply RequestErrors { get; } = Json(200, """{"code":4008,"message":"Insufficient points","data":null}""");

    public static Reply Json(int status, string body) => Text(status, body, "application/json");

    public static Reply Binary(byte[] body, int? announcedLength = null) => new(
        [.. Encoding.ASCII.GetBytes(
            $"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: {announcedLength ?? body.Length}\r\n\r\n"), .. body],
        Close: announcedLength is not null);

    public static Reply Redirect(int status, string location) => Text(status, "", "text/plain", $"Location: {location}\r\n");

    /// <summary>The server closes the connection after this response without announcing it.</summary>
    public Reply ThenClose() => this with { Close = true };

    /// <summary>The server announces that it closes the connection after this response, and closes it.</summary>
    public Reply ThenCloseAnnounced() => new(
        Encoding.UTF8.GetBytes(
            Encoding.UTF8.GetString(Bytes).Replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n", StringComparison.Ordinal)), Close: true);

    public static Reply Text(int status, string body, string type, string headers = "") => new(Encoding.UTF8.GetBytes(
        $"HTTP/1.1 {status} X\r\nContent-Type: {type}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n{headers}\r\n{body}"));
}
