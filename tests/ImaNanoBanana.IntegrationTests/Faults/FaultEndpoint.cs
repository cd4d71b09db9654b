using ImaNanoBanana.IntegrationTests.Sockets;
using ImaNanoBanana.Submitting;

namespace ImaNanoBanana.IntegrationTests.Faults;

/// <summary>A request of the SDK as a column of the fault table: its target and its good answer.</summary>
/// <param name="Name">The name of the column.</param>
/// <param name="Host">The host.</param>
/// <param name="Path">The start of the request target.</param>
/// <param name="Good">The answer without a fault.</param>
/// <param name="Body">The JSON of that answer, if it is JSON.</param>
internal sealed record FaultEndpoint(string Name, string Host, string Path, Reply Good, string Body)
{
    private const string ListBody = """
        {"code":200,"message":"success","data":[{"id":"v1","type":"3","model_id":"gemini-3.1-flash-image","name":"Nano Banana 2",
          "tags":[{"tag_type":"EET","tag_value":"20~35s"}],"form_config":[{"field":"size","value":"1K"}],
          "credit_rules":[{"attribute_id":4401,"points":6,"attributes":{"size":"1K"}}]}]}
        """;

    private const string CreateBody = $$$"""{"code":200,"message":"success","data":{"id":"{{{Reply.TaskId}}}"}}""";

    private const string DetailBody = """
        {"code":200,"message":"success","data":{"medias":[{"resource_status":1,"status":"success","url":"https://images.example/1.png"}]}}
        """;

    private const string TokenBody = """
        {"code":0,"message":"success","data":{"ful":"https://bucket.aliyuncs.com/oss/0001.png","fdl":"https://cdn.example/0001.png"}}
        """;

    public static IReadOnlyList<FaultEndpoint> All { get; } =
    [
        Json("list", "api.imastudio.com", "/open/v1/product/list", ListBody),
        Json("create", "api.imastudio.com", "/open/v1/tasks/create", CreateBody),
        Json("detail", "api.imastudio.com", "/open/v1/tasks/detail", DetailBody),
        Json("token", "imapi.liveme.com", "/api/rest/oss/getuploadtoken", TokenBody),
        new("PUT", "bucket.aliyuncs.com", "/oss/", Reply.Text(200, "", "text/plain"), ""),
        new("download", "images.example", "/1.png", Reply.Binary(TestImage.Png), ""),
    ];

    public bool Takes(RawRequest request) => request.Target.StartsWith(Path, StringComparison.Ordinal);

    private static FaultEndpoint Json(string name, string host, string path, string body) =>
        new(name, host, path, Reply.Json(200, body), body);
}
