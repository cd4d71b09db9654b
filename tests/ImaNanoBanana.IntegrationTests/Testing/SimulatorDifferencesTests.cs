using System.Text.Json.Nodes;
using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.IntegrationTests.Testing;

/// <summary>
/// Requests of clients in other languages, byte for byte on the socket: what the service accepts is accepted and recorded as a
/// difference, and what it refuses is refused and recorded as a violation.
/// </summary>
public sealed class SimulatorDifferencesTests : IAsyncLifetime
{
    internal const string Order = """
        {"task_type":"text_to_image","enable_multi_model":false,"src_img_url":[],"parameters":[{
          "attribute_id":4401,"model_id":"gemini-3.1-flash-image","model_name":"Nano Banana 2",
          "model_version":"gemini-3.1-flash-image-preview","app":"ima","platform":"web","category":"text_to_image","credit":6,
          "parameters":{"aspect_ratio":"1:1","size":"1K","prompt":"a puppy","n":1,"input_images":[],"cast":{"points":6,"attribute_id":4401}}}]}
        """;

    private const string List = "GET /open/v1/product/list?app=ima&platform=web&category=text_to_image";
    private const string Create = "POST /open/v1/tasks/create";
    private const string Detail = "POST /open/v1/tasks/detail";
    private const string Key = "Authorization: Bearer any-key-of-mine";
    private const string Source = "x-app-source: ima_skills";
    private const string Language = "x_app_language: en";
    private const string Agent = "User-Agent: curl/8.7.1";
    private const string Json = "Content-Type: application/json";

    private readonly TestTimeProvider _time = new();
    private readonly ImaSimulator _simulator;
    private ImaSimulatorServer _server = null!;

    public SimulatorDifferencesTests() => _simulator = new ImaSimulator(_time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await ImaSimulatorServer.StartAsync(_simulator, cancellationToken: Token);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _simulator.Dispose();
    }

    public static TheoryData<string, string[], string?, string[]> AcceptedRequests()
    {
        var rows = new TheoryData<string, string[], string?, string[]>();
        (string Start, string? Body, string Name)[] endpoints = [(List, null, "list"), (Create, Order, "create"), (Detail, "{}", "detail")];
        foreach (var (start, body, name) in endpoints)
        {
            string[] type = body is null ? [] : [Json];
            rows.Add(start, [Key, Source, Language, Agent, .. type], body, []);
            rows.Add(start, [Key, "x-app-source: ima_cli", Language, Agent, .. type], body, [$"{name}: x-app-source is not ima_skills"]);
            rows.Add(start, [Key, Source, Agent, .. type], body, [$"{name}: x_app_language is missing"]);
            rows.Add(start, [Key, Source, Language, .. type], body, [$"{name}: User-Agent is missing"]);
            rows.Add(
                start,
                [Key, "x-app-source: ima_cli", .. type],
                body,
                [$"{name}: x-app-source is not ima_skills", $"{name}: x_app_language is missing", $"{name}: User-Agent is missing"]);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(AcceptedRequests))]
    public async Task Headers_of_other_clients_are_accepted_and_recorded(string start, string[] headers, string? body, string[] differences)
    {
        var answer = await SendAsync(start, headers, body);

        Assert.Equal(start == Detail ? 404 : 200, (int)answer["code"]!);
        Assert.Equal(differences, Differences());
        Assert.Empty(_simulator.Violations);
        Assert.Equal(start == Create ? 1 : 0, _simulator.Charges.Count);
    }

    [Theory]
    [InlineData("seed", null)]
    [InlineData("negative_prompt", null)]
    [InlineData("aspectRatio", "aspect_ratio")]
    [InlineData("aspect-ratio", "aspect_ratio")]
    [InlineData("ratio", "aspect_ratio")]
    [InlineData("image_size", "size")]
    [InlineData("Size", "size")]
    [InlineData("num_images", "n")]
    [InlineData("PROMPT", "prompt")]
    public async Task Unknown_inner_parameter_is_accepted_and_recorded_if_it_looks_like_a_known_one(string name, string? meant)
    {
        var order = JsonNode.Parse(Order)!;
        order["parameters"]![0]!["parameters"]![name] = "x";

        var answer = await SendAsync(Create, [Key, Source, Language, Agent, Json], order.ToJsonString());

        Assert.Equal(200, (int)answer["code"]!);
        Assert.Equal(meant is null ? [] : [$"create: '{name}' is ignored; the parameter is '{meant}'"], Differences());
        Assert.Empty(_simulator.Violations);
        Assert.Single(_simulator.Charges);
    }

    [Theory]
    [InlineData("POST", "png", "image/png", new string[0])]
    [InlineData("POST", "jpeg", "image/jpeg", new string[0])]
    [InlineData("POST", "webp", "image/webp", new string[0])]
    [InlineData("POST", "gif", "image/gif", new string[0])]
    [InlineData("POST", "jpg", "image/jpeg", new[] { "token: fSuffix is jpg instead of jpeg" })]
    [InlineData("GET", "png", "image/png", new[] { "token: the token was requested with GET, which puts the API key into the URL" })]
    [InlineData(
        "GET",
        "jpg",
        "image/jpeg",
        new[] { "token: the token was requested with GET, which puts the API key into the URL", "token: fSuffix is jpg instead of jpeg" })]
    public async Task Image_of_another_client_is_uploaded_and_edited(string method, string suffix, string type, string[] differences)
    {
        var token = await TokenAsync(method, Form(suffix, type));
        var put = new Uri((string)token["data"]!["ful"]!);
        var (status, _, _) = await RawHttp.SendAsync(
            _server.Address, $"PUT {put.PathAndQuery}", [$"Content-Type: {type}"], "the bytes of an image", Token);
        var order = Order.Replace("text_to_image", "image_to_image", StringComparison.Ordinal)
            .Replace("4401", "4405", StringComparison.Ordinal)
            .Replace("_url\":[]", $"_url\":[\"{token["data"]!["fdl"]}\"]", StringComparison.Ordinal)
            .Replace("_images\":[]", $"_images\":[\"{token["data"]!["fdl"]}\"]", StringComparison.Ordinal);

        var answer = await SendAsync(Create, [Key, Source, Language, Agent, Json], order);

        Assert.Equal((200, 200), (status, (int)answer["code"]!));
        Assert.EndsWith("." + suffix, (string?)token["data"]!["fdl"], StringComparison.Ordinal);
        Assert.Equal(differences, Differences());
        Assert.Empty(_simulator.Violations);
    }

    [Fact]
    public async Task Key_in_the_query_of_a_token_request_is_masked()
    {
        await TokenAsync("GET", Form("png", "image/png"));
        await SendAsync(List, ["x-copy: any-key-of-mine", Key, Source], null);

        Assert.DoesNotContain(_simulator.Requests, request =>
            (request.Path + request.Body + string.Join(' ', request.Headers)).Contains("any-key", StringComparison.Ordinal));
    }

    public static TheoryData<string, string[], string?, string> RefusedRequests() => new()
    {
        { List, [Source, Language, Agent], null, "list: the API key is missing" },
        { List, [Key, Language, Agent], null, "list: x-app-source is missing" },
        { List, [Key, Source, "x_app_language: fr", Agent], null, "list: x_app_language is neither en nor zh" },
        { Create, [Key, Source, Language, Agent, "Content-Type: text/plain"], Order, "create: Content-Type is not application/json" },
        { Create, [Key, Source, Json], "{}", "create: a member of the create request is missing or has the wrong type" },
    };

    [Theory]
    [MemberData(nameof(RefusedRequests))]
    public async Task Request_that_the_service_refuses_is_a_violation(string start, string[] headers, string? body, string violation)
    {
        var answer = await SendAsync(start, headers, body);

        Assert.NotEqual(200, (int)answer["code"]!);
        Assert.Equal([violation], _simulator.Violations.Select(found => $"{found.Endpoint}: {found.Rule}"));
        Assert.Empty(_simulator.Charges);
    }

    public static TheoryData<string, string, string, string> RefusedForms() => new()
    {
        { "jpg", "image/jpg", "", "fSuffix and fContentType do not match" },
        { "jpg", "image/png", "", "fSuffix and fContentType do not match" },
        { "JPG", "image/jpeg", "", "fSuffix and fContentType do not match" },
        { "bmp", "image/bmp", "", "fSuffix and fContentType do not match" },
        { "jpg", "image/jpeg", "&fSuffix=jpg", "the form has a field twice" },
        { "jpg", "image/jpeg", "&other=1", "the form has more fields than the service allows" },
    };

    [Theory]
    [MemberData(nameof(RefusedForms))]
    public async Task Form_that_the_service_refuses_is_a_violation(string suffix, string type, string more, string rule)
    {
        foreach (var method in new[] { "POST", "GET" })
        {
            Assert.Equal(400, (int)(await TokenAsync(method, Form(suffix, type) + more))["code"]!);
        }

        Assert.Equal([new("token", rule), new("token", rule)], _simulator.Violations);
        Assert.Empty(_simulator.Differences);
    }

    [Fact]
    public async Task Differences_are_read_by_other_processes()
    {
        Assert.Equal("""{"differences":[]}""", (await SendAsync("GET /simulator/differences", [], null)).ToJsonString());
        await SendAsync(List, [Key, "x-app-source: ima_cli", Language, Agent], null);

        Assert.Equal(
            """{"differences":[{"endpoint":"list","rule":"x-app-source is not ima_skills"}]}""",
            (await SendAsync("GET /simulator/differences", ["Accept: */*"], null)).ToJsonString());
    }

    private IEnumerable<string> Differences() => _simulator.Differences.Select(found => $"{found.Endpoint}: {found.Rule}");

    private Task<JsonNode> TokenAsync(string method, string form) => method == "GET"
        ? SendAsync($"GET /api/rest/oss/getuploadtoken?{form}", [], null)
        : SendAsync("POST /api/rest/oss/getuploadtoken", ["Content-Type: application/x-www-form-urlencoded"], form);

    private string Form(string suffix, string type)
    {
        var timestamp = _time.GetUtcNow().ToUnixTimeSeconds();
        var nonce = Guid.NewGuid().ToString("n")[..21];
        return $"appUid=any-key-of-mine&appId=webAgent&appKey=32jdskjdk320eew&cmimToken=any-key-of-mine"
            + $"&sign={UploadSignature.Sign(timestamp, nonce)}&timestamp={timestamp}&nonce={nonce}&fService=privite&fType=picture"
            + $"&fSuffix={suffix}&fContentType={Uri.EscapeDataString(type)}";
    }

    private async Task<JsonNode> SendAsync(string start, IEnumerable<string> headers, string? body)
    {
        var (_, lines, text) = await RawHttp.SendAsync(_server.Address, start, headers, body, Token);
        Assert.DoesNotContain(lines, line => line.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
        return JsonNode.Parse(text[text.IndexOf('{', StringComparison.Ordinal)..(text.LastIndexOf('}') + 1)])!;
    }
}
