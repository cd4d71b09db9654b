using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ImaNanoBanana.Conformance;

/// <summary>Answers as a scenario specifies and keeps the requests. It spends nothing and needs no network.</summary>
internal sealed class ScriptedService : HttpMessageHandler
{
    private const string BaseUrl = "https://oss-recording.aliyuncs.com";
    private const string TaskId = "task_20261122_7f3a9c52e1d84b06";

    private readonly JsonElement _scenario;
    private readonly JsonElement _defaults;
    private readonly JsonElement _catalog;
    private readonly Dictionary<string, int> _counts = [];
    private readonly object _gate = new();
    private string _taskType;

    public ScriptedService(Vector vector, JsonElement scenarios, JsonElement catalog)
    {
        _scenario = scenarios.GetProperty(vector.Text("scenario")!).GetProperty("replies");
        _defaults = scenarios.GetProperty("defaults").GetProperty("replies");
        _catalog = catalog;
        _taskType = vector.Text("task_type")!;
    }

    /// <summary>The bodies of the creates, in order.</summary>
    public List<JsonElement> Creates { get; } = [];

    public int Count(string endpoint) => _counts.GetValueOrDefault(endpoint);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            return Answer(request, body);
        }
    }

    private HttpResponseMessage Answer(HttpRequestMessage request, byte[] body)
    {
        var address = request.RequestUri!;
        var endpoint = (request.Method.Method, address.Host, address.AbsolutePath) switch
        {
            ("GET", "api.imastudio.com", "/open/v1/product/list") => "product_list",
            ("POST", "api.imastudio.com", "/open/v1/tasks/create") => "create",
            ("POST", "api.imastudio.com", "/open/v1/tasks/detail") => "detail",
            ("POST", "imapi.liveme.com", "/api/rest/oss/getuploadtoken") => "upload_token",
            ("PUT", _, _) when address.GetLeftPart(UriPartial.Authority) == BaseUrl => "put",
            _ => throw new InvalidOperationException($"Unexpected request: {request.Method} {address.GetLeftPart(UriPartial.Path)}."),
        };
        var number = _counts[endpoint] = Count(endpoint) + 1;
        if (endpoint == "create")
        {
            var create = JsonDocument.Parse(body).RootElement;
            Creates.Add(create);
            _taskType = create.GetProperty("task_type").GetString()!;
        }

        var replies = (_scenario.TryGetProperty(endpoint, out var own) ? own : _defaults.GetProperty(endpoint)).EnumerateArray().ToList();
        var reply = replies[Math.Min(number, replies.Count) - 1];
        return reply.TryGetProperty("drop", out _)
            ? throw new HttpRequestException(HttpRequestError.ResponseEnded, "The connection was closed without an answer.")
            : Response(reply, Suffix(body), number);
    }

    private HttpResponseMessage Response(JsonElement reply, string suffix, int number)
    {
        var (text, type) = reply.TryGetProperty("json", out var json)
            ? (Filled(json, suffix, number)!.ToJsonString(), "application/json")
            : (
                reply.GetProperty("text").GetString()!,
                reply.TryGetProperty("content_type", out var contentType) ? contentType.GetString()! : "text/plain");
        var response = new HttpResponseMessage((HttpStatusCode)reply.GetProperty("status").GetInt32())
        {
            Content = new StringContent(text, Encoding.UTF8, type),
        };
        if (reply.TryGetProperty("headers", out var headers))
        {
            foreach (var header in headers.EnumerateObject())
            {
                response.Headers.TryAddWithoutValidation(header.Name, Filled(header.Value.GetString()!, suffix, number));
            }
        }

        return response;
    }

    private JsonNode? Filled(JsonElement value, string suffix, int number) => value.ValueKind switch
    {
        JsonValueKind.String when value.GetString() == "$CATALOG" => JsonNode.Parse(_catalog.GetRawText()),
        JsonValueKind.String => JsonValue.Create(Filled(value.GetString()!, suffix, number)),
        JsonValueKind.Array => new JsonArray([.. value.EnumerateArray().Select(item => Filled(item, suffix, number))]),
        JsonValueKind.Object =>
            new JsonObject(
                value.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, Filled(member.Value, suffix, number)))),
        _ => JsonNode.Parse(value.GetRawText()),
    };

    private string Filled(string text, string suffix, int number) => text
        .Replace("$TASK_ID", TaskId, StringComparison.Ordinal)
        .Replace("$TASK_TYPE", _taskType, StringComparison.Ordinal)
        .Replace(
            "$OSS_URL",
            $"{BaseUrl}/oss/{number:d4}.{suffix}?Expires=1795305600&OSSAccessKeyId=TESTACCESSKEYID&Signature=q%2BZr%2Fk3uTnX0a7Yw%3D",
            StringComparison.Ordinal)
        .Replace("$CDN_URL", $"https://ima-ga.esxscloud.com/webAgent/privite/2026/11/22/{number:d4}.{suffix}", StringComparison.Ordinal)
        .Replace("$BASE_URL", BaseUrl, StringComparison.Ordinal)
        .Replace("$OTHER_HOST", "https://other.example", StringComparison.Ordinal);

    /// <summary>The file suffix in the form of a token request.</summary>
    private static string Suffix(byte[] form) =>
        Encoding.ASCII.GetString(form).Split('&').FirstOrDefault(
            field => field.StartsWith("fSuffix=", StringComparison.Ordinal))?["fSuffix=".Length..] ?? "";
}
