using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace ImaNanoBanana.Benchmarks.Overhead;

/// <summary>Answers at once from memory: a task is finished at its first poll.</summary>
internal sealed class InMemoryService(byte[] list) : HttpMessageHandler
{
    private static readonly byte[] Created = """{"code":200,"message":"success","data":{"id":"task_1"}}"""u8.ToArray();

    private static readonly byte[] Done = """
        {"code":200,"message":"success","data":{"id":"task_1","task_type":"text_to_image","medias":[{"resource_status":1,"status":"success","url":"https://images.example/1.png","width":1024,"height":1024,"format":"png"}]}}
        """u8.ToArray();

    /// <summary>Where to write the requests for a comparison; null while measuring.</summary>
    public List<string>? Requests { get; set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Requests is not null)
        {
            Requests.Add(await TextAsync(request));
        }
        else if (request.Content is not null)
        {
            await request.Content.CopyToAsync(Stream.Null, cancellationToken);
        }

        var path = request.RequestUri!.AbsolutePath;
        var body = path.EndsWith("list", StringComparison.Ordinal)
            ? list
            : path.EndsWith("create", StringComparison.Ordinal)
            ? Created
            : Done;
        var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(body), RequestMessage = request };
        response.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return response;
    }

    private static async Task<string> TextAsync(HttpRequestMessage request)
    {
        var text = new StringBuilder($"{request.Method} {request.RequestUri}");
        foreach (
            var header in request.Headers.Concat(request.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>())
            .OrderBy(header => header.Key, StringComparer.Ordinal))
        {
            text.Append('\n').Append(header.Key).Append(": ").AppendJoin(", ", header.Value);
        }

        return text.Append("\n\n").Append(request.Content is null ? "" : await request.Content.ReadAsStringAsync()).ToString();
    }
}
