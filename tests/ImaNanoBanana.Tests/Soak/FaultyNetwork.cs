using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;

namespace ImaNanoBanana.Tests.Soak;

/// <summary>
/// A faulty network between the client and the service: 5 % of the requests to every endpoint fail. The seed and the content of a request
/// decide which ones, so that the order of threads does not affect a create or a poll. Requests without such content are counted.
/// </summary>
internal sealed class FaultyNetwork(HttpMessageHandler service, TimeProvider time, int seed) : DelegatingHandler(service)
{
    private const double Rate = 0.05;

    private static readonly SoakFault[] Faults = [.. Enum.GetValues<SoakFault>().Where(fault => fault != SoakFault.None)];

    private readonly ConcurrentDictionary<string, int> _asked = [];
    private readonly ConcurrentDictionary<string, string> _prompts = [];

    /// <summary>How often each fault happened at each endpoint.</summary>
    public ConcurrentDictionary<(string Endpoint, SoakFault Fault), int> Happened { get; } = [];

    public int Requests => _asked.Values.Sum();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : Encoding.UTF8.GetString(await request.Content.ReadAsByteArrayAsync(cancellationToken));
        var endpoint = request.Method == HttpMethod.Put ? "put" : request.RequestUri!.AbsolutePath.Split('/')[^1];
        var subject = endpoint + " " + Subject(endpoint, body);
        var random = new Random(Hash($"{seed} {subject} {_asked.AddOrUpdate(subject, 1, static (_, count) => count + 1)}"));
        var fault = random.NextDouble() < Rate ? Faults[random.Next(Faults.Length)] : SoakFault.None;
        Happened.AddOrUpdate((endpoint, fault), 1, static (_, count) => count + 1);
        switch (fault)
        {
            case SoakFault.Refused500:
                return Answer(500, """{"code":500,"message":"internal server error","data":null}""");
            case SoakFault.Refused429:
                return Answer(429, "");
            case SoakFault.RateLimited:
                return Answer(429, """{"code":429,"message":"Too many requests"}""", "3");
            case SoakFault.RateLimitedForLong:
                return Answer(429, "", "90");
            case SoakFault.Unavailable:
                return Answer(503, "", "2");
            case SoakFault.GatewayBefore:
                return Answer(502, "<html>Bad Gateway</html>");
            case SoakFault.LostBefore:
                throw Lost();
            case SoakFault.Late:
                await Task.Delay(TimeSpan.FromSeconds(random.Next(1, 40)), time, cancellationToken);
                break;
        }

        // The content was already read above; the service reads it again from a copy.
        using var copy = Copy(request, body, endpoint);
        var response = await base.SendAsync(copy, cancellationToken);
        response.RequestMessage = request;
        var answer = await response.Content.ReadAsStringAsync(cancellationToken);
        Remember(endpoint, body, answer);
        return fault switch
        {
            SoakFault.GatewayAfter => Answer(504, "<html>Gateway Timeout</html>"),
            SoakFault.LostAfter => throw Lost(),
            SoakFault.Truncated => Answer((int)response.StatusCode, answer[..random.Next(answer.Length + 1)]),
            SoakFault.Garbage => Answer(200, "<!doctype html><p>Sign in to the airport's network"),
            _ => response,
        };
    }

    private static HttpRequestException Lost() => new(HttpRequestError.ResponseEnded, "The connection was lost.");

    private static HttpResponseMessage Answer(int status, string body, string? retryAfter = null)
    {
        var response =
            new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (retryAfter is not null)
        {
            response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        }

        return response;
    }

    private static HttpRequestMessage Copy(HttpRequestMessage request, string body, string endpoint)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri);
        foreach (var (name, values) in request.Headers.NonValidated)
        {
            copy.Headers.TryAddWithoutValidation(name, values);
        }

        if (request.Content is not null)
        {
            copy.Content = endpoint == "put" ? new ByteArrayContent(SoakCall.Picture) : new StringContent(body);
            copy.Content.Headers.ContentType = request.Content.Headers.ContentType;
        }

        return copy;
    }

    /// <summary>FNV-1a: the same on every machine.</summary>
    private static int Hash(string text) =>
        unchecked((int)text.Aggregate(2166136261u, static (hash, letter) => (hash ^ letter) * 16777619u));

    private string Subject(string endpoint, string body)
    {
        switch (endpoint)
        {
            case "create":
                return PromptOf(body);
            case "detail":
                using (var document = JsonDocument.Parse(body))
                {
                    return _prompts[document.RootElement.GetProperty("task_id").GetString()!];
                }

            default:
                return "";
        }
    }

    private static string PromptOf(string create)
    {
        using var document = JsonDocument.Parse(create);
        return document.RootElement.GetProperty("parameters")[0].GetProperty("parameters").GetProperty("prompt").GetString()!;
    }

    private void Remember(string endpoint, string body, string answer)
    {
        if (endpoint == "create")
        {
            using var document = JsonDocument.Parse(answer);
            if (document.RootElement.GetProperty("data") is { ValueKind: JsonValueKind.Object } data)
            {
                _prompts[data.GetProperty("id").GetString()!] = PromptOf(body);
            }
        }
    }
}
