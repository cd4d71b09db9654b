using System.Net;
using System.Text;

namespace ImaNanoBanana.Tests.Client;

/// <summary>Answers each endpoint from a queue whose last answer repeats, and keeps the requests.</summary>
internal sealed class ScriptedHandler : HttpMessageHandler
{
    public const string Catalog = """
        [{"id":"flash-v1","type":"3","model_id":"gemini-3.1-flash-image","name":"Nano Banana 2",
          "tags":[{"tag_type":"EET","tag_value":"20~35s"}],
          "form_config":[{"field":"aspect_ratio","value":"1:1"},{"field":"size","value":"1K"}],
          "credit_rules":[{"attribute_id":4401,"points":6,"attributes":{"size":"1K"}}]}]
        """;

    public const string Accepted = """{"code":200,"message":"success","data":{"id":"task_1"}}""";
    public const string Working = """{"code":200,"data":{"medias":[{"resource_status":0,"status":"processing"}]}}""";
    public const string Done = """{"code":200,"data":{"medias":[{"resource_status":1,"status":"success","url":"https://images.example/1.png"}]}}""";

    public const string Token = """{"code":0,"data":{"ful":"https://bucket.aliyuncs.com/oss/1.png?Signature=secret%2B","fdl":"https://cdn.example/1.png"}}""";

    private readonly Dictionary<string, Queue<ScriptedAnswer>> _answers = new()
    {
        ["list"] = new([(200, $$"""{"code":200,"data":{{Catalog}}}""")]),
        ["create"] = new([(200, Accepted)]),
        ["detail"] = new([(200, Done)]),
        ["getuploadtoken"] = new([(200, Token)]),
        ["put"] = new([(200, "")]),
    };

    public List<(string Endpoint, string Body)> Requests { get; } = [];

    /// <summary>The method, URL and headers of each request.</summary>
    public List<(string Endpoint, string Head)> Heads { get; } = [];

    public ScriptedHandler With(string endpoint, params ScriptedAnswer[] answers)
    {
        _answers[endpoint] = new(answers);
        return this;
    }

    public int Count(string endpoint) => Requests.Count(request => request.Endpoint == endpoint);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var endpoint = request.Method == HttpMethod.Put ? "put" : request.RequestUri!.AbsolutePath.Split('/')[^1];
        _ = request.Content?.Headers.ContentLength;
        var asked = $"{request.Method} {request.RequestUri!.OriginalString} {request.Headers} {request.Content?.Headers}";
        var answer = Next(endpoint);
        if (answer.Status == -1)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, "connection refused");
        }

        var body = request.Content is null ? "" : Encoding.Latin1.GetString(await request.Content.ReadAsByteArrayAsync(cancellationToken));
        lock (Requests)
        {
            Requests.Add((endpoint, endpoint is "create" ? Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(body)) : body));
            Heads.Add((endpoint, asked));
        }

        if (answer.Status == 0)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, "scripted failure");
        }

        var response =
            new HttpResponseMessage((HttpStatusCode)answer.Status)
            {
                Content = new StringContent(
                answer.Body,
                Encoding.UTF8,
                "application/json")
            };
        if (answer.RetryAfter is { } retryAfter)
        {
            response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        }

        return response;
    }

    private ScriptedAnswer Next(string endpoint)
    {
        lock (_answers)
        {
            var queue = _answers[endpoint];
            return queue.Count > 1 ? queue.Dequeue() : queue.Peek();
        }
    }
}
