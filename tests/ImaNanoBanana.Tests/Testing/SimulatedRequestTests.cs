using System.Text;
using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Testing;

public sealed class SimulatedRequestTests : IDisposable
{
    private const string Key = "ima_test_key";

    private readonly TestTimeProvider _time = new();
    private readonly ImaSimulator _simulator;
    private readonly ImaImageClient _client;

    public SimulatedRequestTests()
    {
        _simulator = new ImaSimulator(_time);
        _client = TestClient.Create(_simulator, _time);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Exact_requests_of_an_edit_are_logged_without_the_key()
    {
        var picture = ImageInput.FromBytes(Convert.FromHexString("89504E470D0A1A0A00"));
        await _client.SubmitAsync(new ImageRequest("as an oil painting") { Images = [picture] }, Token);

        var requests = _simulator.Requests;

        Assert.Equal(
            [
                "list GET /open/v1/product/list?app=ima&platform=web&category=image_to_image",
                "token POST /api/rest/oss/getuploadtoken",
                "put PUT /simulator/0001.png?Expires=***&Signature=***",
                "create POST /open/v1/tasks/create",
            ],
            requests.Select(request => $"{request.Endpoint} {request.Method} {request.Path}"));
        Assert.Equal("Bearer ***", requests[3].Headers["authorization"]);
        Assert.Equal("ima_skills", requests[3].Headers["x-app-source"]);
        Assert.StartsWith(
            "appUid=***&appId=webAgent&appKey=32jdskjdk320eew&cmimToken=***&sign=", requests[1].Body, StringComparison.Ordinal);
        Assert.Equal(("9 bytes", "image/png"), (requests[2].Body, requests[2].Headers["Content-Type"]));
        Assert.Equal(
            """{"task_type":"image_to_image","enable_multi_model":false,"src_img_url":["https://ima-ga.esxscloud.com/simulator/uploads/0001.png"],"parameters":[{"attribute_id":4405,"model_id":"gemini-3.1-flash-image","model_name":"Nano Banana 2","model_version":"gemini-3.1-flash-image-preview","app":"ima","platform":"web","category":"image_to_image","credit":6,"parameters":{"aspect_ratio":"1:1","size":"1K","prompt":"as an oil painting","n":1,"input_images":["https://ima-ga.esxscloud.com/simulator/uploads/0001.png"],"cast":{"points":6,"attribute_id":4405}}}]}""",
            requests[3].Body);
        Assert.DoesNotContain(Key, Everything(requests), StringComparison.Ordinal);
        Assert.All(requests, request => Assert.Equal(_time.GetUtcNow(), request.At));
    }

    /// <summary>The key is known only from the second request on; it is removed from the first one too.</summary>
    [Theory]
    [InlineData("ima_test_key")]
    [InlineData("ima/test+key\"<é>")]
    public async Task Key_is_masked_in_every_place(string key)
    {
        using var http = new HttpClient(_simulator, disposeHandler: false);
        using var put = new HttpRequestMessage(
            HttpMethod.Put, $"https://simulator.oss.aliyuncs.com/{Uri.EscapeDataString(key)}.png?Signature={Uri.EscapeDataString(key)}");
        put.Headers.TryAddWithoutValidation("x-copy", $"before {key} after");
        using var body = new StringContent(System.Text.Json.JsonSerializer.Serialize(new[] { key }), Encoding.UTF8, "application/json");
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["cmimToken"] = key, ["other"] = key });

        await http.SendAsync(put, Token);
        await http.PostAsync(new Uri("https://api.imastudio.com/open/v1/tasks/create"), body, Token);
        await http.PostAsync(new Uri("https://imapi.liveme.com/api/rest/oss/getuploadtoken"), form, Token);

        var requests = _simulator.Requests;
        Assert.Equal(
            ["/***.png?Signature=***", "before *** after", "[\"***\"]", "cmimToken=***&other=***"],
            [requests[0].Path, requests[0].Headers["x-copy"], requests[1].Body, requests[2].Body]);
    }

    [Fact]
    public async Task Short_key_is_masked_in_its_expected_places()
    {
        using var http = new HttpClient(_simulator, disposeHandler: false);
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.imastudio.com/open/v1/product/list?category=text_to_image");
        request.Headers.TryAddWithoutValidation("Authorization", "e");
        using var form = new StringContent("appUid=e&cmimToken=e&appId=webAgent");

        await http.SendAsync(request, Token);
        await http.PostAsync(new Uri("https://imapi.liveme.com/api/rest/oss/getuploadtoken"), form, Token);

        Assert.Equal(
            ["***", "/open/v1/product/list?category=text_to_image", "appUid=***&cmimToken=***&appId=webAgent"],
            [_simulator.Requests[0].Headers["Authorization"], _simulator.Requests[0].Path, _simulator.Requests[1].Body]);
    }

    [Fact]
    public async Task Unanswered_requests_and_unknown_urls_are_logged()
    {
        _simulator.Scenario.AcceptThenDrop();
        using var http = new HttpClient(_simulator, disposeHandler: false);

        await Assert.ThrowsAsync<ImaException>(() => _client.SubmitAsync(new ImageRequest("a puppy"), Token));
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(new Uri("https://elsewhere.example/x?secret=1"), Token));

        Assert.Equal(["list", "create", "unknown"], _simulator.Requests.Select(request => request.Endpoint));
        Assert.Equal("/x?secret=***", _simulator.Requests[2].Path);
    }

    /// <summary>A key that crosses the end of the shown text is not shown in part.</summary>
    [Theory]
    [InlineData(16_384 - 6, "***yyy")]
    [InlineData(16_384 - 1, "xxxxx*")]
    [InlineData(16_384, "xxxxxx")]
    public async Task Long_body_is_cut(int before, string end)
    {
        using var http = new HttpClient(_simulator, disposeHandler: false);
        using var body = new StringContent(new string('x', before) + Key + new string('y', 10_000));
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://api.imastudio.com/open/v1/tasks/detail") { Content = body };
        request.Headers.Authorization = new("Bearer", Key);

        await http.SendAsync(request, Token);

        var shown = Assert.Single(_simulator.Requests).Body;
        Assert.Equal(16_384, shown.Length);
        Assert.EndsWith(end, shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Last_ten_thousand_requests_are_kept()
    {
        using var http = new HttpClient(_simulator, disposeHandler: false);
        for (var number = 0; number <= 10_000; number++)
        {
            using var response = await http.GetAsync(new Uri($"https://ima-ga.esxscloud.com/{number}"), Token);
        }

        Assert.Equal((10_000, "/1", "/10000"), (_simulator.Requests.Count, _simulator.Requests[0].Path, _simulator.Requests[^1].Path));
    }

    public void Dispose()
    {
        _client.Dispose();
        _simulator.Dispose();
    }

    private static string Everything(IEnumerable<SimulatedRequest> requests) => string.Join('\n', requests.Select(request =>
        $"{request} {string.Join(' ', request.Headers.Select(header => $"{header.Key}: {header.Value}"))}"));
}
