using System.Net;
using System.Text;
using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Fuzzing;

/// <summary>Answers one endpoint without end and the others normally.</summary>
internal sealed class EndlessHandler(string endless) : HttpMessageHandler
{
    private readonly Dictionary<string, int> _asked = [];

    public long Taken { get; private set; }

    /// <summary>The number of endless answers that were requested.</summary>
    public int Asked => Count(endless);

    public int Count(string endpoint) => _asked.GetValueOrDefault(endpoint);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var endpoint = request.RequestUri!.AbsolutePath.Split('/')[^1];
        _asked[endpoint] = Count(endpoint) + 1;
        _ = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var body = Encoding.UTF8.GetBytes(endpoint switch
        {
            "list" => $$"""{"code":200,"data":{{ScriptedHandler.Catalog.Replace(
                "[{",
                """[{"files":{"minLimit":1},""",
                StringComparison.Ordinal)}}}""",
            "create" => ScriptedHandler.Accepted,
            "getuploadtoken" => ScriptedHandler.Token,
            _ => ScriptedHandler.Done,
        });
        return new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = endpoint == endless
                ? new StreamContent(new EndlessStream(body, count => Taken += count))
                : new ByteArrayContent(body),
        };
    }
}
