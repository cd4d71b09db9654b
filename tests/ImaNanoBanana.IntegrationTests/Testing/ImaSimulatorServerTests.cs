using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.IntegrationTests.Testing;

/// <summary>The simulator over a real socket, called as a program in another language would call it.</summary>
public class ImaSimulatorServerTests
{
    private static readonly byte[] Png = Convert.FromHexString("89504E470D0A1A0A00");

    private static readonly TestTimeProvider Clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Image_is_submitted_and_fetched_over_http()
    {
        using var simulator = new ImaSimulator { ProcessingTime = TimeSpan.Zero };
        await using var server = await ImaSimulatorServer.StartAsync(simulator, cancellationToken: Token);
        using var http = Client(server);

        var list = await JsonAsync(
            await http.GetAsync(new Uri("open/v1/product/list?app=ima&platform=web&category=text_to_image", UriKind.Relative), Token));
        var created = await PostAsync(http, "open/v1/tasks/create", Order("text_to_image", 4401, []));
        var detail = await PostAsync(http, "open/v1/tasks/detail", new JsonObject { ["task_id"] = (string?)created["data"]!["id"] });
        var url = new Uri((string)detail["data"]!["medias"]![0]!["url"]!);
        var picture = await http.GetByteArrayAsync(url, Token);

        Assert.Equal(2, list["data"]!.AsArray().Count);
        Assert.StartsWith(server.Address.AbsoluteUri + "images/", url.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], picture[..4]);
        Assert.Equal(6, Assert.Single(simulator.Charges).Credits);
        Assert.Empty(simulator.Violations);
        Assert.Empty(simulator.Differences);
    }

    [Fact]
    public async Task Image_is_uploaded_and_edited_over_http()
    {
        await using var server = await ImaSimulatorServer.StartAsync(new ImaSimulator(Clock), cancellationToken: Token);
        using var http = Client(server);
        using var withoutKey = new HttpClient { BaseAddress = server.Address };
        using var form = Form(new string('a', 21));

        var token = await JsonAsync(await withoutKey.PostAsync(new Uri("api/rest/oss/getuploadtoken", UriKind.Relative), form, Token));
        using var content = new ByteArrayContent(Png);
        content.Headers.ContentType = new("image/png");
        using var put = await withoutKey.PutAsync(new Uri((string)token["data"]!["ful"]!), content, Token);
        var created = await PostAsync(http, "open/v1/tasks/create", Order("image_to_image", 4405, [(string)token["data"]!["fdl"]!]));

        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        Assert.Equal(200, (int)created["code"]!);
        Assert.Empty(server.Simulator.Violations);
        Assert.Empty(server.Simulator.Differences);
    }

    [Fact]
    public async Task Requests_that_the_service_does_not_allow_are_rejected_and_recorded()
    {
        await using var server = await ImaSimulatorServer.StartAsync(new ImaSimulator(Clock), cancellationToken: Token);
        using var http = Client(server);
        using var withoutKey = new HttpClient { BaseAddress = server.Address };
        using var first = Form(new string('b', 21));
        using var second = Form(new string('b', 21));
        using var forged = Form(new string('c', 21), sign: "00");

        await withoutKey.PostAsync(new Uri("api/rest/oss/getuploadtoken", UriKind.Relative), first, Token);
        await withoutKey.PostAsync(new Uri("api/rest/oss/getuploadtoken", UriKind.Relative), second, Token);
        await withoutKey.PostAsync(new Uri("api/rest/oss/getuploadtoken", UriKind.Relative), forged, Token);
        using var put = await withoutKey.PutAsync(
            new Uri("storage/simulator/0001.png", UriKind.Relative), new ByteArrayContent(Png), Token);
        await withoutKey.GetAsync(new Uri("open/v1/product/list?app=ima&platform=web&category=text_to_image", UriKind.Relative), Token);
        await PostAsync(http, "open/v1/tasks/create", Order("text_to_image", 4400, []));
        using var unknown = await http.GetAsync(new Uri("open/v1/balance", UriKind.Relative), Token);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.NotFound), (put.StatusCode, unknown.StatusCode));
        Assert.Equal(
            [
                new SimulatorViolation("token", "the nonce was used before"),
                new SimulatorViolation("token", "the signature is wrong"),
                new SimulatorViolation("put", "the address was not presigned"),
                new SimulatorViolation("list", "the API key is missing"),
                new SimulatorViolation("create", "the submission does not match the catalog"),
            ],
            server.Simulator.Violations);
        Assert.Empty(server.Simulator.Charges);
    }

    [Fact]
    public async Task Faults_are_those_set_on_the_simulator()
    {
        await using var server = await ImaSimulatorServer.StartAsync(new ImaSimulator(Clock), cancellationToken: Token);
        using var http = Client(server);
        server.Simulator.Script(
            "create",
            new SimulatedFault { Status = 429, RetryAfter = "7" },
            new SimulatedFault { DropsConnection = true, AfterProcessing = true });
        using var first = new StringContent(Order("text_to_image", 4401, []).ToJsonString(), Encoding.UTF8, "application/json");
        using var second = new StringContent(Order("text_to_image", 4401, []).ToJsonString(), Encoding.UTF8, "application/json");
        var address = new Uri("open/v1/tasks/create", UriKind.Relative);

        using var limited = await http.PostAsync(address, first, Token);
        var lost = await Assert.ThrowsAsync<HttpRequestException>(() => http.PostAsync(address, second, Token));

        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(7)), (limited.StatusCode, limited.Headers.RetryAfter?.Delta));
        Assert.Null(lost.StatusCode);
        Assert.Single(server.Simulator.Charges);
    }

    private static HttpClient Client(ImaSimulatorServer server)
    {
        var http = new HttpClient { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", "any-key");
        http.DefaultRequestHeaders.Add("x-app-source", "ima_skills");
        http.DefaultRequestHeaders.Add("x_app_language", "en");
        http.DefaultRequestHeaders.UserAgent.ParseAdd("test/1");
        return http;
    }

    private static JsonObject Order(string taskType, int attributeId, string[] images) => new()
    {
        ["task_type"] = taskType,
        ["enable_multi_model"] = false,
        ["src_img_url"] = new JsonArray([.. images.Select(image => JsonValue.Create(image))]),
        ["parameters"] = new JsonArray(new JsonObject
        {
            ["attribute_id"] = attributeId,
            ["model_id"] = "gemini-3.1-flash-image",
            ["model_name"] = "Nano Banana 2",
            ["model_version"] = "gemini-3.1-flash-image-preview",
            ["app"] = "ima",
            ["platform"] = "web",
            ["category"] = taskType,
            ["credit"] = 6,
            ["parameters"] = new JsonObject
            {
                ["aspect_ratio"] = "1:1",
                ["size"] = "1K",
                ["prompt"] = "a puppy",
                ["n"] = 1,
                ["input_images"] = new JsonArray([.. images.Select(image => JsonValue.Create(image))]),
                ["cast"] = new JsonObject { ["points"] = 6, ["attribute_id"] = attributeId },
            },
        }),
    };

    private static FormUrlEncodedContent Form(string nonce, string? sign = null)
    {
        var timestamp = Clock.GetUtcNow().ToUnixTimeSeconds();
        return new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["appUid"] = "any-key",
            ["appId"] = "webAgent",
            ["appKey"] = "32jdskjdk320eew",
            ["cmimToken"] = "any-key",
            ["sign"] = sign ?? UploadSignature.Sign(timestamp, nonce),
            ["timestamp"] = $"{timestamp}",
            ["nonce"] = nonce,
            ["fService"] = "privite",
            ["fType"] = "picture",
            ["fSuffix"] = "png",
            ["fContentType"] = "image/png",
        });
    }

    private static async Task<JsonNode> PostAsync(HttpClient http, string path, JsonNode body)
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return await JsonAsync(await http.PostAsync(new Uri(path, UriKind.Relative), content, Token));
    }

    private static async Task<JsonNode> JsonAsync(HttpResponseMessage response)
    {
        using (response)
        {
            return JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!;
        }
    }
}
