using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json.Nodes;

namespace ImaNanoBanana.Benchmarks.Visitors;

/// <summary>A visitor who opens the page, asks for one image and looks on until it is finished.</summary>
internal sealed class StudioVisitor(HttpClient client)
{
    private readonly List<double> _latencies = [];
    private string _cookie = "";

    /// <summary>The time from each change of the image to its arrival here, in milliseconds.</summary>
    public IReadOnlyList<double> Latencies => _latencies;

    /// <summary>The state in which the image ended.</summary>
    public string? State { get; private set; }

    public async Task RunAsync()
    {
        using (var page = await client.GetAsync("/"))
        {
            _cookie = page.Headers.GetValues("Set-Cookie").First().Split(';')[0];
        }

        using var events = await client.SendAsync(Request(HttpMethod.Get, "/events"), HttpCompletionOption.ResponseHeadersRead);
        using var stream = await events.Content.ReadAsStreamAsync();
        var order = Request(HttpMethod.Post, "/images");
        order.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));
        order.Content = JsonContent.Create(new JsonObject { ["prompt"] = "a puppy", ["size"] = "1K" });
        using var answer = await client.SendAsync(order);
        answer.EnsureSuccessStatusCode();
        await ReadAsync(stream);
    }

    private async Task ReadAsync(Stream stream)
    {
        var items = SseParser.Create(stream, (type, data) => type == "image" ? JsonNode.Parse(Encoding.UTF8.GetString(data)) : null);
        await foreach (var item in items.EnumerateAsync())
        {
            if (item.Data is { } image)
            {
                var changedAt = DateTimeOffset.Parse((string)image["changedAt"]!, null);
                _latencies.Add((TimeProvider.System.GetUtcNow() - changedAt).TotalMilliseconds);
                State = (string?)image["state"];
                if (State is "finished" or "failed" or "unknown")
                {
                    return;
                }
            }
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Cookie", _cookie);
        return request;
    }
}
