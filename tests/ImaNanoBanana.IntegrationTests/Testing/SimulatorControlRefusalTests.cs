using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests;

namespace ImaNanoBanana.IntegrationTests.Testing;

/// <summary>The control paths that a mistake reaches, and the paths as the README lists them.</summary>
public sealed class SimulatorControlRefusalTests : IAsyncLifetime
{
    private const string Kinds =
        "acceptThenDrop,truncatedAnswer,priceChange,rateLimit,insufficientCredits,neverEndingTask,successWithoutUrl,failedImages,"
        + "corruptImage,expiredUploadUrl,clockSkew";

    private const string Endpoints = "list,create,detail,token,put,image";
    private const string OrderMembers = "kind,seconds,credits,count,reason";
    private const string SettingsMembers = "processingSeconds,balance,requestsPerSecond,clockSkewSeconds,catalog";
    private const string Settings = """{"processingSeconds":8,"balance":null,"requestsPerSecond":null,"clockSkewSeconds":0,"catalog":"plain"}""";

    private readonly TestTimeProvider _time = new();
    private readonly ImaSimulator _simulator;
    private ImaSimulatorServer _server = null!;
    private HttpClient _control = null!;

    public SimulatorControlRefusalTests() => _simulator = new ImaSimulator(_time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await ImaSimulatorServer.StartAsync(_simulator, cancellationToken: Token);
        _control = new HttpClient { BaseAddress = _server.Address };
    }

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        await _server.DisposeAsync();
        _simulator.Dispose();
    }

    [Theory]
    [InlineData("POST scenarios", "{}", "kind", Kinds)]
    [InlineData("POST scenarios", """{"kind":null}""", "kind", Kinds)]
    [InlineData("POST scenarios", """{"kind":"AcceptThenDrop"}""", "kind", Kinds)]
    [InlineData("POST scenarios", """{"kind":7}""", "kind", null)]
    [InlineData("POST scenarios", "null", null, OrderMembers)]
    [InlineData("POST scenarios", "[]", null, OrderMembers)]
    [InlineData("POST scenarios", "", null, OrderMembers)]
    [InlineData("POST scenarios", """{"kind":"acceptThenDrop"}{}""", null, OrderMembers)]
    [InlineData("POST scenarios", """{"kind":"acceptThenDrop","count":1}""", "count", "kind")]
    [InlineData("POST scenarios", """{"kind":"acceptThenDrop","times":1}""", "times", OrderMembers)]
    [InlineData("POST scenarios", """{"kind":"acceptThenDrop","kind":"corruptImage"}""", "kind", null)]
    [InlineData("POST scenarios", """{"kind":"priceChange"}""", "credits", null)]
    [InlineData("POST scenarios", """{"kind":"priceChange","credits":-1}""", "credits", null)]
    [InlineData("POST scenarios", """{"kind":"priceChange","credits":"4"}""", "credits", null)]
    [InlineData("POST scenarios", """{"kind":"rateLimit"}""", "seconds", null)]
    [InlineData("POST scenarios", """{"kind":"rateLimit","seconds":-1}""", "seconds", null)]
    [InlineData("POST scenarios", """{"kind":"rateLimit","seconds":1e300}""", "seconds", null)]
    [InlineData("POST scenarios", """{"kind":"rateLimit","credits":2,"seconds":1}""", "credits", "kind,seconds")]
    [InlineData("POST scenarios", """{"kind":"failedImages","count":0}""", "count", null)]
    [InlineData("POST scenarios", """{"kind":"failedImages","count":1.5}""", "count", null)]
    [InlineData("POST scenarios", """{"kind":"failedImages","reason":"x"}""", "count", null)]
    [InlineData("POST faults", """{"status":503}""", "endpoint", Endpoints)]
    [InlineData("POST faults", """{"endpoint":"unknown","status":503}""", "endpoint", Endpoints)]
    [InlineData("POST faults", """{"endpoint":"list","status":1}""", "status", null)]
    [InlineData("POST faults", """{"endpoint":"list","delaySeconds":-1}""", "delaySeconds", null)]
    [InlineData("POST faults", """{"endpoint":"list","dropsConnection":"yes"}""", "dropsConnection", null)]
    [InlineData("POST faults", """{"endpoint":"list","status":503,"contentType":"text"}""", "contentType", null)]
    [InlineData("POST faults", """{"endpoint":"list","status":503,"contentType":"text/plain; charset=utf-8"}""", "contentType", null)]
    [InlineData("POST faults", """{"endpoint":"list","status":503,"retryAfter":"1\r\nx: y"}""", "retryAfter", null)]
    [InlineData("PATCH settings", """{"balance":20,"requestsPerSecond":0}""", "requestsPerSecond", null)]
    [InlineData("PATCH settings", """{"balance":20,"requestsPerSecond":"3"}""", "requestsPerSecond", null)]
    [InlineData("PATCH settings", """{"balance":20,"processingSeconds":-1}""", "processingSeconds", null)]
    [InlineData("PATCH settings", """{"balance":20,"clockSkewSeconds":1e300}""", "clockSkewSeconds", null)]
    [InlineData("PATCH settings", """{"balance":20,"catalog":"other"}""", "catalog", "plain,realistic")]
    [InlineData("PATCH settings", """{"balance":20,"limit":3}""", "limit", SettingsMembers)]
    public async Task Impossible_request_changes_nothing_and_names_its_field_and_the_allowed_values(
        string request, string body, string? field, string? allowed)
    {
        var (status, answer) = await SendAsync(request, body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal((field, allowed), ((string?)answer!["field"], Values(answer["allowed"])));
        Assert.Contains(field ?? "JSON", (string?)answer["error"], StringComparison.Ordinal);
        Assert.Equal(Settings, (await SendAsync("GET settings")).Answer!.ToJsonString());
        Assert.Equal("""{"pending":{}}""", (await SendAsync("GET pending")).Answer!.ToJsonString());
    }

    [Theory]
    [InlineData("GET nothing")]
    [InlineData("GET scenarios")]
    [InlineData("DELETE charges")]
    [InlineData("POST pictures/x.png")]
    public async Task Other_control_paths_do_not_exist(string request)
    {
        var (status, answer) = await SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Equal(
            $"The simulator has no control path {request.Replace(" ", " /simulator/", StringComparison.Ordinal)}.",
            (string?)answer!["error"]);
        Assert.Contains("POST /simulator/scenarios", answer["allowed"]!.AsArray().Select(path => (string?)path));
        Assert.Empty(_simulator.Requests);
    }

    /// <summary>A browser adds the header to each request of a page that changes something, and needs no permission to send it.</summary>
    [Theory]
    [InlineData("https://example.com", HttpStatusCode.Forbidden)]
    [InlineData("http://127.0.0.1:1", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData("the server itself", HttpStatusCode.NoContent)]
    public async Task Web_page_of_another_origin_controls_nothing(string origin, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("simulator/scenarios", UriKind.Relative))
        {
            Content = new StringContent("""{"kind":"insufficientCredits"}""", Encoding.UTF8, "text/plain"),
        };
        request.Headers.Add("Origin", origin == "the server itself" ? _server.Address.GetLeftPart(UriPartial.Authority) : origin);

        using var answer = await _control.SendAsync(request, Token);

        Assert.Equal(expected, answer.StatusCode);
        var pending = expected == HttpStatusCode.NoContent ? """{"pending":{"create":1}}""" : """{"pending":{}}""";
        Assert.Equal(pending, (await SendAsync("GET pending")).Answer!.ToJsonString());
    }

    /// <summary>The table of the package's README is the list that the server itself gives.</summary>
    [Fact]
    public async Task Readme_lists_every_path_and_every_scenario()
    {
        var readme = await File.ReadAllTextAsync(
            Path.Combine(RepositoryRoot.Path, "src/ImaNanoBanana.Testing.Server/README.md"), Token);
        var listed = await JsonAsync(await _control.GetAsync(new Uri("simulator", UriKind.Relative), Token));

        Assert.Equal(
            listed!["endpoints"]!.AsArray().Select(endpoint => $"| `{endpoint!["method"]} {endpoint["path"]}` | {endpoint["purpose"]}"),
            readme.Split('\n').Where(line => line.Contains(" /simulator", StringComparison.Ordinal) && line[0] == '|')
                .Select(line => string.Join('|', line.Split('|')[..3]).TrimEnd().Split(':')[0]));
        Assert.All(Kinds.Split(','), kind => Assert.Contains($"`{kind}`", readme, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reset_makes_a_new_simulator()
    {
        using var client = TestClients.Create(
            new ImaNanoBananaOptions { ApiKey = "ima_test_key" }, new ImaSimulatorProxy(_server.Address), _time);
        await client.SubmitAsync(new ImageRequest("a puppy"), Token);
        await SendAsync("PATCH settings", """{"processingSeconds":1,"balance":5,"requestsPerSecond":1,"clockSkewSeconds":9}""");
        await SendAsync("POST scenarios", """{"kind":"priceChange","credits":2}""");
        await SendAsync("POST scenarios", """{"kind":"corruptImage"}""");
        await SendAsync("POST faults", """{"endpoint":"list","status":503}""");
        Assert.Equal("""{"pending":{"list":1,"create":2}}""", (await SendAsync("GET pending")).Answer!.ToJsonString());

        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync("POST reset")).Status);

        Assert.Equal(Settings, (await SendAsync("GET settings")).Answer!.ToJsonString());
        Assert.Equal("""{"pending":{}}""", (await SendAsync("GET pending")).Answer!.ToJsonString());
        Assert.Equal("""{"tasks":[]}""", (await SendAsync("GET tasks")).Answer!.ToJsonString());
        Assert.Equal("""{"requests":[]}""", (await SendAsync("GET requests")).Answer!.ToJsonString());
        Assert.Equal("""{"requests":0,"peakPerSecond":0,"rateLimited":0}""", (await SendAsync("GET traffic")).Answer!.ToJsonString());
        _simulator.Ledger.ShouldBeEmpty();
        Assert.Equal("task_sim_000001", (await client.SubmitAsync(new ImageRequest("a puppy"), Token)).Id);
    }

    [Fact]
    public async Task Pending_scenarios_and_faults_are_removed_without_a_reset()
    {
        await SendAsync("POST scenarios", """{"kind":"insufficientCredits"}""");
        await SendAsync("POST faults", """{"endpoint":"list","status":503}""");

        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync("DELETE pending")).Status);

        using var client = TestClients.Create(
            new ImaNanoBananaOptions { ApiKey = "ima_test_key" }, new ImaSimulatorProxy(_server.Address), _time);
        await client.SubmitAsync(new ImageRequest("a puppy"), Token);
        _simulator.Ledger.ShouldHaveCharged(6);
    }

    [Fact]
    public async Task Tasks_are_read_with_the_states_of_their_images()
    {
        using var client = TestClients.Create(
            new ImaNanoBananaOptions { ApiKey = "ima_test_key" }, new ImaSimulatorProxy(_server.Address), _time);
        _simulator.Scenario.FailedImages(1).SuccessWithoutUrl();
        await client.SubmitAsync(new ImageRequest("a puppy") { Count = 2 }, Token);
        await client.SubmitAsync(new ImageRequest("a kitten"), Token);
        _time.Advance(_simulator.ProcessingTime);
        await client.SubmitAsync(new ImageRequest("a chair"), Token);

        var tasks = (await SendAsync("GET tasks")).Answer!["tasks"]!.AsArray();

        Assert.Equal(
            """{"taskId":"task_sim_000001","taskType":"text_to_image","modelId":"gemini-3.1-flash-image","size":"1K","aspectRatio":"1:1","prompt":"a puppy","credits":12,"images":[{"state":"ready","preview":"/simulator/pictures/task_sim_000001/1.png"},{"state":"failed"}]}""",
            tasks[0]!.ToJsonString());
        Assert.Equal(
            ["withoutUrl", "processing"], tasks.Skip(1).Select(task => (string?)task!["images"]!.AsArray().Single()!["state"]));
    }

    private async Task<(HttpStatusCode Status, JsonNode? Answer)> SendAsync(string request, string? body = null)
    {
        var (method, path) = (request.Split(' ')[0], request.Split(' ')[1]);
        using var message = new HttpRequestMessage(new HttpMethod(method), "simulator/" + path);
        message.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        var response = await _control.SendAsync(message, Token);
        var status = response.StatusCode;
        return (status, await JsonAsync(response));
    }

    private static string? Values(JsonNode? allowed) => allowed is JsonArray values ? string.Join(',', values) : null;

    private static async Task<JsonNode?> JsonAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync(Token);
            return text.Length == 0 ? null : JsonNode.Parse(text);
        }
    }
}
