using System.Net;
using System.Net.Http.Json;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests;

namespace ImaNanoBanana.IntegrationTests.Testing;

/// <summary>The control paths over a real socket, called as a program in another process would call them.</summary>
public sealed class SimulatorControlTests : IAsyncLifetime
{
    private readonly TestTimeProvider _time = new();
    private readonly ImaSimulator _simulator;
    private ImaSimulatorServer _server = null!;
    private HttpClient _control = null!;

    public SimulatorControlTests() => _simulator = new ImaSimulator(_time);

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

    [Fact]
    public async Task Charges_and_their_total_are_read()
    {
        Assert.Equal("""{"credits":0,"charges":[]}""", await ReadAsync("charges"));
        using var client = Client();
        await client.SubmitAsync(new ImageRequest("a puppy"), Token);
        _time.Advance(TimeSpan.FromSeconds(90));
        await client.SubmitAsync(new ImageRequest("a \"red\" chair") { Count = 2 }, Token);

        Assert.Equal(
            """{"credits":18,"charges":["""
            + """{"taskId":"task_sim_000001","prompt":"a puppy","credits":6,"at":"2026-01-01T00:00:00+00:00"},"""
            + """{"taskId":"task_sim_000002","prompt":"a \u0022red\u0022 chair","credits":12,"at":"2026-01-01T00:01:30+00:00"}]}""",
            await ReadAsync("charges"));
    }

    [Fact]
    public async Task Violations_are_read()
    {
        Assert.Equal("""{"violations":[]}""", await ReadAsync("violations"));

        await _control.GetAsync(new Uri("open/v1/product/list", UriKind.Relative), Token);

        Assert.Equal("""{"violations":[{"endpoint":"list","rule":"the API key is missing"}]}""", await ReadAsync("violations"));
    }

    [Fact]
    public async Task Requests_are_read_without_the_key_and_control_requests_are_not_among_them()
    {
        using var client = Client();
        await client.SubmitAsync(new ImageRequest("a puppy"), Token);
        await ReadAsync("charges");

        var text = await ReadAsync("requests");
        var requests = JsonNode.Parse(text)!["requests"]!.AsArray();

        Assert.Equal(["list", "create"], requests.Select(request => (string?)request!["endpoint"]));
        Assert.Equal(
            ("POST", "/open/v1/tasks/create", "Bearer ***", "2026-01-01T00:00:00+00:00"),
            (
                (string?)requests[1]!["method"],
                (string?)requests[1]!["path"],
                (string?)requests[1]!["headers"]!["Authorization"],
                (string?)requests[1]!["at"]));
        Assert.Contains("a puppy", (string)requests[1]!["body"]!, StringComparison.Ordinal);
        Assert.DoesNotContain("ima_test_key", text, StringComparison.Ordinal);
        Assert.Equal("""{"requests":2,"peakPerSecond":2,"rateLimited":0}""", await ReadAsync("traffic"));
    }

    /// <summary>Two clients with their own connections stand for two processes; the clock is the simulator's.</summary>
    [Fact]
    public async Task Limit_counts_all_processes_together()
    {
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(HttpMethod.Patch, "settings", """{"requestsPerSecond":3}"""));
        using var first = new HttpClient { BaseAddress = _server.Address };
        using var second = new HttpClient { BaseAddress = _server.Address };

        Assert.Equal((200, 200, 200), (await ListAsync(first), await ListAsync(second), await ListAsync(first)));
        Assert.Equal(429, await ListAsync(second));
        using var refused = await first.PostAsync(new Uri("open/v1/tasks/create", UriKind.Relative), new StringContent("{}"), Token);
        Assert.Equal((429, "1"), ((int)refused.StatusCode, refused.Headers.GetValues("Retry-After").Single()));
        Assert.Equal(
            """{"code":429,"message":"Too many requests","data":null}""", await refused.Content.ReadAsStringAsync(Token));
        _time.Advance(TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1));
        Assert.Equal(429, await ListAsync(second));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal((200, 200, 200), (await ListAsync(second), await ListAsync(second), await ListAsync(second)));
        Assert.Equal(429, await ListAsync(first));

        Assert.Equal("""{"requests":10,"peakPerSecond":6,"rateLimited":4}""", await ReadAsync("traffic"));
        Assert.Equal("""{"credits":0,"charges":[]}""", await ReadAsync("charges"));
    }

    [Fact]
    public async Task Settings_change_where_they_are_given()
    {
        Assert.Equal("""{"processingSeconds":8,"balance":null,"requestsPerSecond":null,"clockSkewSeconds":0,"catalog":"plain"}""", await ReadAsync("settings"));
        await SendAsync(HttpMethod.Patch, "settings", """{"processingSeconds":2.5,"balance":20,"requestsPerSecond":7}""");
        Assert.Equal("""{"processingSeconds":2.5,"balance":20,"requestsPerSecond":7,"clockSkewSeconds":0,"catalog":"plain"}""", await ReadAsync("settings"));
        await SendAsync(HttpMethod.Patch, "settings", """{"processingSeconds":0}""");
        Assert.Equal("""{"processingSeconds":0,"balance":20,"requestsPerSecond":7,"clockSkewSeconds":0,"catalog":"plain"}""", await ReadAsync("settings"));

        using var client = Client();
        Assert.Single((await client.GenerateAsync(new ImageRequest("a puppy"), Token)).Images);

        Assert.Equal("""{"processingSeconds":0,"balance":14,"requestsPerSecond":7,"clockSkewSeconds":0,"catalog":"plain"}""", await ReadAsync("settings"));
        await SendAsync(HttpMethod.Patch, "settings", """{"balance":null,"requestsPerSecond":null}""");
        Assert.Equal("""{"processingSeconds":0,"balance":null,"requestsPerSecond":null,"clockSkewSeconds":0,"catalog":"plain"}""", await ReadAsync("settings"));
    }

    public static TheoryData<string, ImaErrorKind?, int> Scenarios() => new()
    {
        { """{"kind":"acceptThenDrop"}""", ImaErrorKind.OutcomeUnknown, 6 },
        { """{"kind":"truncatedAnswer"}""", ImaErrorKind.OutcomeUnknown, 6 },
        { """{"kind":"priceChange","credits":8.5}""", ImaErrorKind.PriceChanged, 0 },
        { """{"kind":"rateLimit","seconds":410400}""", ImaErrorKind.RateLimited, 0 },
        { """{"kind":"insufficientCredits"}""", ImaErrorKind.InsufficientCredits, 0 },
        { """{"kind":"neverEndingTask"}""", ImaErrorKind.TimedOut, 6 },
        { """{"kind":"successWithoutUrl"}""", ImaErrorKind.TimedOut, 6 },
        { """{"kind":"successWithoutUrl","seconds":30}""", null, 6 },
        { """{"kind":"failedImages","count":1}""", ImaErrorKind.TaskFailed, 6 },
        { """{"kind":"failedImages","reason":"The picture was refused.","count":1}""", ImaErrorKind.TaskFailed, 6 },
        { """{"kind":"corruptImage"}""", ImaErrorKind.DownloadFailed, 6 },
        { """{"kind":"expiredUploadUrl"}""", ImaErrorKind.UploadFailed, 0 },
        { """{"kind":"clockSkew","seconds":-301}""", ImaErrorKind.UploadFailed, 0 },
    };

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Scenario_affects_the_next_call_of_any_process(string scenario, ImaErrorKind? kind, int charged)
    {
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(HttpMethod.Post, "scenarios", scenario));
        using var client = Client();
        var request = new ImageRequest("a puppy")
        {
            Images = kind == ImaErrorKind.UploadFailed ? [ImageInput.FromBytes(Convert.FromHexString("89504E470D0A1A0A00"))] : [],
        };

        var call = client.GenerateAsync(request, Token);
        await _time.RunAsync(call, TimeSpan.FromSeconds(10), Token);
        var exception = await Record.ExceptionAsync(async () => await client.DownloadAsync((await call).Image, Stream.Null, Token));

        Assert.Equal(kind, (exception as ImaException)?.Kind);
        Assert.Equal($"{{\"credits\":{charged},", (await ReadAsync("charges"))[..$"{{\"credits\":{charged},".Length]);
        if (scenario.Contains("reason", StringComparison.Ordinal))
        {
            Assert.Contains("The picture was refused.", exception!.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_scenario_can_be_set() => Assert.Equal(
        typeof(SimulatorScenario).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Select(method => char.ToLowerInvariant(method.Name[0]) + method.Name[1..]).Order(),
        Scenarios().Select(row => (string)JsonNode.Parse(row.Data.Item1)!["kind"]!).Distinct().Order());

    [Fact]
    public async Task Faults_of_an_endpoint_are_set_with_their_delay()
    {
        await SendAsync(
            HttpMethod.Post, "faults", """{"endpoint":"list","status":503,"body":"later","contentType":"text/plain","retryAfter":"7"}""");
        await SendAsync(HttpMethod.Post, "faults", """{"endpoint":"list","delaySeconds":2.5}""");
        await SendAsync(HttpMethod.Post, "faults", """{"endpoint":"list","dropsConnection":true}""");

        using var first = await _control.GetAsync(new Uri("open/v1/product/list", UriKind.Relative), Token);
        Assert.Equal(
            (503, "7", "text/plain; charset=utf-8", "later"),
            (
                (int)first.StatusCode,
                first.Headers.GetValues("Retry-After").Single(),
                first.Content.Headers.ContentType!.ToString(),
                await first.Content.ReadAsStringAsync(Token)));
        var second = ListAsync(_control);
        await _time.WaitForTimerAsync(TimeSpan.FromSeconds(2.5), Token);
        Assert.False(second.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(2.5));
        Assert.Equal(200, await second);
        await Assert.ThrowsAsync<HttpRequestException>(() => ListAsync(_control));
        Assert.Equal(200, await ListAsync(_control));
    }

    private ImaImageClient Client() => TestClients.Create(
        new ImaNanoBananaOptions { ApiKey = "ima_test_key", WatchTimeout = TimeSpan.FromMinutes(2) },
        new ImaSimulatorProxy(_server.Address),
        _time);

    private Task<string> ReadAsync(string path) => _control.GetStringAsync(new Uri("simulator/" + path, UriKind.Relative), Token);

    private async Task<HttpStatusCode> SendAsync(HttpMethod method, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var message = new HttpRequestMessage(method, "simulator/" + path) { Content = content };
        using var response = await _control.SendAsync(message, Token);
        return response.StatusCode;
    }

    private static async Task<int> ListAsync(HttpClient http)
    {
        using var response = await http.GetAsync(new Uri("open/v1/product/list", UriKind.Relative), Token);
        return (int)response.StatusCode;
    }
}
