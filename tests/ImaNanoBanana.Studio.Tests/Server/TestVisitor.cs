using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json.Nodes;

namespace ImaNanoBanana.Studio.Tests.Server;

/// <summary>A visitor of the studio: a browser's cookies and its requests.</summary>
internal sealed class TestVisitor : IDisposable
{
    private readonly HttpClientHandler _handler = new() { CookieContainer = new CookieContainer() };

    private TestVisitor(Uri address) => Client = new HttpClient(_handler)
    {
        BaseAddress = address,
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public HttpClient Client { get; }

    /// <returns>A visitor who has opened the page, and so has a cookie.</returns>
    public static async Task<TestVisitor> OpenAsync(Uri address)
    {
        var visitor = new TestVisitor(address);
        using var page = await visitor.Client.GetAsync("/", Token);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        return visitor;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <returns>A visitor with the same cookies at another process of the studio.</returns>
    public TestVisitor At(Uri address)
    {
        var other = new TestVisitor(address);
        other._handler.CookieContainer.Add(_handler.CookieContainer.GetAllCookies());
        return other;
    }

    public async Task<(HttpStatusCode Status, JsonNode? Body)> GetAsync(string path)
    {
        using var response = await Client.GetAsync(path, Token);
        return (response.StatusCode, await BodyAsync(response));
    }

    public async Task<(HttpStatusCode Status, JsonNode? Body)> PostAsync(string path, object order, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(order) };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var response = await Client.SendAsync(request, Token);
        return (response.StatusCode, await BodyAsync(response));
    }

    public async Task<(HttpStatusCode Status, JsonNode? Body)> UploadAsync(byte[] content, string mediaType)
    {
        using var body = new ByteArrayContent(content);
        body.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        using var response = await Client.PostAsync("/references", body, Token);
        return (response.StatusCode, await BodyAsync(response));
    }

    /// <summary>Asks for an image and waits until it has ended.</summary>
    /// <returns>The image at its end.</returns>
    public async Task<JsonNode> GenerateAsync(object order)
    {
        var (status, image) = await PostAsync("/images", order, NewKey());
        Assert.Equal(HttpStatusCode.Accepted, status);
        return await WaitForEndAsync((string)image!["id"]!);
    }

    /// <returns>The image at its end.</returns>
    public async Task<JsonNode> WaitForEndAsync(string id)
    {
        var events = await ReadEventsAsync($"/images/{id}/events").ToListAsync(Token);
        return events.Last(item => item.EventType == "image").Data;
    }

    /// <summary>Reads Server-Sent Events until the connection ends.</summary>
    public async IAsyncEnumerable<(string EventType, string? Id, JsonNode Data)> ReadEventsAsync(string path, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        using var response = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        using var stream = await response.Content.ReadAsStreamAsync(Token);
        var items = SseParser.Create(stream, (_, data) => data.Length == 0 ? null : JsonNode.Parse(Encoding.UTF8.GetString(data)));
        await foreach (var item in items.EnumerateAsync(Token))
        {
            if (item.Data is { } data)
            {
                yield return (item.EventType, item.EventId, data);
            }
        }
    }

    public static string NewKey() => Guid.NewGuid().ToString("N");

    public void Dispose()
    {
        Client.Dispose();
        _handler.Dispose();
    }

    private static async Task<JsonNode?> BodyAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(Token);
        var isJson = response.Content.Headers.ContentType?.MediaType is "application/json" or "application/problem+json";
        return isJson ? JsonNode.Parse(text) : null;
    }
}
