using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using ImaNanoBanana.IntegrationTests.Sockets;

namespace ImaNanoBanana.IntegrationTests.Faults;

/// <summary>What a host does to every request of one kind. Each is a row of the fault table.</summary>
internal static partial class Fault
{
    public const string Refused = "connection refused";
    public const string NoAnswer = "no answer";
    public const string SilentBody = "silence in the body";

    private const long HundredMegabytes = 100_000_000;

    /// <summary>
    /// By row: the reply that replaces the good one. The second argument moves the clock past every deadline; the third returns its time.
    /// </summary>
    public static IReadOnlyDictionary<string, Func<FaultEndpoint, Action, DateTimeOffset, Reply>> All { get; } =
        new Dictionary<string, Func<FaultEndpoint, Action, DateTimeOffset, Reply>>
        {
            [Refused] = (_, _, _) => throw new InvalidOperationException("The connection was refused."),
            ["reset before headers"] = (_, _, _) => new Reply([]) { Reset = true },
            ["closed before headers"] = (_, _, _) => Reply.Drop,
            ["closed in headers"] = (_, _, _) => new Reply("HTTP/1.1 200 OK\r\nContent-Ty"u8.ToArray(), Close: true),
            ["closed in the body"] = (endpoint, _, _) => new Reply(endpoint.Good.Bytes[..^9], Close: true),
            [NoAnswer] = (_, wait, _) => new Reply([]) { ThenSilent = wait },
            [SilentBody] = (endpoint, wait, _) => new Reply(endpoint.Good.Bytes[..^9]) { ThenSilent = wait },
            ["truncated JSON"] = (endpoint, _, _) => Reply.Json(200, Cut(endpoint.Body)),
            ["a web page, 200"] = (_, _, _) => Reply.Text(200, "<html>sign in to the hotel's network</html>", "text/html"),
            ["an empty body, 200"] = (_, _, _) => Reply.Json(200, ""),
            ["JSON as text/plain"] = (endpoint, _, _) =>
                endpoint.Name == "download" ? Typed(endpoint.Good, "text/plain") : Reply.Text(200, endpoint.Body, "text/plain"),
            ["gzip bomb of 100 MB"] = (_, _, _) => GzipBomb(),
            ["body of 100 MB"] = (endpoint, _, _) => Endless(endpoint),
            ["deep JSON"] = (_, _, _) => Reply.Json(
                200,
                $$"""{"code":200,"data":{{new string('[', 10_000)}}{{new string(']', 10_000)}}}"""),
            ["huge numbers"] = (endpoint, _, _) => Reply.Json(200, Number().Replace(endpoint.Body, ":1e999")),
            ["duplicate keys"] = (endpoint, _, _) => Reply.Json(
                200,
                endpoint.Body.Length == 0 ? "" : """{"code":6009,""" + endpoint.Body.Trim()[1..^1] + ""","data":null}"""),
            ["invalid UTF-8"] = (endpoint, _, _) => Damaged(endpoint),
            ["103, then all well"] = (endpoint, _, _) =>
                new Reply([.. "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"u8, .. endpoint.Good.Bytes]),
            ["204"] = (_, _, _) => new Reply("HTTP/1.1 204 No Content\r\n\r\n"u8.ToArray()),
            ["302 to another host"] = (_, _, _) => Reply.Redirect(302, "https://elsewhere.example/x"),
            ["303 to another host"] = (_, _, _) => Reply.Redirect(303, "https://elsewhere.example/x"),
            ["307 to another host"] = (_, _, _) => Reply.Redirect(307, "https://elsewhere.example/x"),
            ["400"] = (_, _, _) => Reply.Json(400, """{"code":400,"message":"bad"}"""),
            ["401"] = (_, _, _) => Reply.Json(401, """{"code":401,"message":"unauthorized"}"""),
            ["403"] = (_, _, _) => Reply.Text(403, "<html>no</html>", "text/html"),
            ["404"] = (_, _, _) => Reply.Text(404, "", "text/plain"),
            ["408"] = (_, _, _) => Reply.Text(408, "", "text/plain"),
            ["429"] = (_, _, _) => Reply.Text(429, "", "text/plain"),
            ["429, Retry-After: 7"] = (_, _, _) => RateLimit("7"),
            ["429, Retry-After: a date 9 s ahead"] = (_, _, now) =>
                RateLimit((now + TimeSpan.FromSeconds(9)).ToString("R", CultureInfo.InvariantCulture)),
            ["429, Retry-After: 114 hours"] = (_, _, _) => RateLimit("410400"),
            ["500 with the envelope"] = (_, _, _) => Reply.Json(500, """{"code":500,"message":"internal error"}"""),
            ["500 with a page"] = (_, _, _) => Reply.Text(500, "<html>oops</html>", "text/html"),
            ["502"] = (_, _, _) => Reply.Text(502, "", "text/html"),
            ["503, Retry-After: 7"] = (_, _, _) => Reply.Text(503, "", "text/html", "Retry-After: 7\r\n"),
            ["504"] = (_, _, _) => Reply.Text(504, "", "text/html"),
            ["599"] = (_, _, _) => Reply.Text(599, "", "text/html"),
        };

    private static string Cut(string json) => json.Trim() is { Length: > 0 } text ? text[..^3] : "";

    private static Reply RateLimit(string retryAfter) => Reply.Text(429, "", "text/plain", $"Retry-After: {retryAfter}\r\n");

    private static Reply Typed(Reply reply, string type) =>
        new(Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(reply.Bytes).Replace("image/png", type, StringComparison.Ordinal)));

    private static Reply GzipBomb()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var block = new byte[1_000_000];
            for (var written = 0L; written < HundredMegabytes; written += block.Length)
            {
                gzip.Write(block);
            }
        }

        return new Reply(
        [
            .. Encoding.ASCII.GetBytes(
                $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: {packed.Length}\r\n\r\n"),
            .. packed.ToArray(),
        ]);
    }

    /// <summary>A valid start of a response without an announced length that never ends.</summary>
    private static Reply Endless(FaultEndpoint endpoint) => new(
        [
            .. "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"u8,
            .. endpoint.Name == "download" ? TestImage.Png : Encoding.UTF8.GetBytes(Cut(endpoint.Body)),
        ],
        Close: true)
    {
        Padding = HundredMegabytes,
    };

    /// <summary>Adds a byte that is not valid UTF-8 to the end of every string in the JSON data.</summary>
    private static Reply Damaged(FaultEndpoint endpoint)
    {
        var body = Encoding.Latin1.GetBytes(Value().Replace(endpoint.Body, ":\"$1\u00ff\""));
        return new Reply(
            [.. Encoding.ASCII.GetBytes(
                $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n"), .. body]);
    }

    [GeneratedRegex(":[0-9]+")]
    private static partial Regex Number();

    [GeneratedRegex(":\"([^\"]*)\"")]
    private static partial Regex Value();
}
