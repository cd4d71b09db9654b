using ImaNanoBanana.IntegrationTests.Sockets;
using ImaNanoBanana.Requests;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.IntegrationTests.KeyLeak;

/// <summary>
/// The service with its storage hosts on one server with real sockets. Its URLs are presigned. One endpoint can be set to fail, and then
/// always does.
/// </summary>
internal sealed class LeakService : IAsyncDisposable
{
    public const string StorageHost = "bucket.aliyuncs.com";
    public const string ImageHost = "images.example";
    public const string InputAddress = "https://pictures.example/cat.png?Signature=raven9173640285dove";

    /// <summary>A host to which nothing from the SDK may ever go.</summary>
    public const string OtherHost = "elsewhere.example";

    private static readonly string PutAddress = $"https://{StorageHost}/oss/0001.png?Expires=1&Signature={Secret.Upload.Value}";
    private static readonly string ImageAddress = $"https://{ImageHost}/out/1.png?Expires=1&Signature={Secret.Image.Value}";

    private static readonly HashSet<string> KnownHosts = ["api.imastudio.com", "imapi.liveme.com", StorageHost, ImageHost];

    private readonly RawServer _server = new();
    private Func<RawRequest, Task<Reply>> _fault = static _ => Task.FromResult(Reply.GatewayError);
    private string? _failing;

    public LeakService() => _server.OnAny = AnswerAsync;

    /// <summary>All URLs with a signature that the service knows.</summary>
    public static string Addresses => $"{PutAddress} {ImageAddress} {InputAddress}";

    public IReadOnlyList<RawRequest> Requests => _server.Requests;

    public IEnumerable<string> OtherHosts =>
        Requests.Select(request => request.Headers["Host"]).Where(host => !KnownHosts.Contains(host));

    public bool WasAsked(string endpoint) => TimesAsked(endpoint) > 0;

    public int TimesAsked(string endpoint) => Requests.Count(request => EndpointOf(request) == endpoint);

    public void Fail(string endpoint, Func<RawRequest, Task<Reply>> fault) => (_failing, _fault) = (endpoint, fault);

    public SocketsHttpHandler Handler(string? refusedEndpoint = null) => _server.Handler(isRefused: host => host == refusedEndpoint switch
    {
        null => null,
        "token" => "imapi.liveme.com",
        "put" => StorageHost,
        "image" => ImageHost,
        _ => "api.imastudio.com",
    });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    /// <summary>The answer to an upload token.</summary>
    public static Reply Token(string? put = null) =>
        Reply.Json(200, $$$"""{"code":0,"data":{"ful":"{{{put ?? PutAddress}}}","fdl":"https://cdn.example/0001.png"}}""");

    private static string EndpointOf(RawRequest request) => (request.Method, request.Target.Split('?')[0]) switch
    {
        ("PUT", _) => "put",
        (_, "/open/v1/product/list") => "list",
        (_, "/open/v1/tasks/create") => "create",
        (_, "/open/v1/tasks/detail") => "detail",
        (_, "/api/rest/oss/getuploadtoken") => "token",
        _ => "image",
    };

    private static Reply Well(string endpoint) => endpoint switch
    {
        "list" => Reply.ProductList,
        "create" => Reply.Accepted,
        "detail" => Reply.Json(
            200,
            $$$"""{"code":200,"data":{"medias":[{"resource_status":1,"status":"success","url":"{{{ImageAddress}}}","cover_url":"{{{ImageAddress}}}"}]}}"""),
        "token" => Token(),
        "put" => Reply.Json(200, ""),
        _ => Reply.Binary(TestImage.Png),
    };

    private Task<Reply> AnswerAsync(RawRequest request)
    {
        var endpoint = EndpointOf(request);
        return endpoint == _failing ? _fault(request) : Task.FromResult(Well(endpoint));
    }
}
