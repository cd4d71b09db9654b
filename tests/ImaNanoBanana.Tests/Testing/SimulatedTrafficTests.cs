using System.Text;
using ImaNanoBanana.Testing;

namespace ImaNanoBanana.Tests.Testing;

/// <summary>The limit of requests per second, and what the simulator counts. The clock moves by hand.</summary>
public sealed class SimulatedTrafficTests : IDisposable
{
    private readonly TestTimeProvider _time = new();
    private readonly ImaSimulator _simulator;
    private readonly HttpClient _http;

    public SimulatedTrafficTests()
    {
        _simulator = new ImaSimulator(_time) { ProcessingTime = TimeSpan.Zero };
        _http = new HttpClient(_simulator, disposeHandler: false);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _http.Dispose();
        _simulator.Dispose();
    }

    [Fact]
    public async Task Nothing_is_limited_unless_a_limit_is_set()
    {
        Assert.Equal(Enumerable.Repeat(200, 50), await StatusesAsync(50));
        Assert.Null(_simulator.RequestsPerSecond);
        Assert.Equal(new SimulatedTraffic(50, 50, 0), _simulator.Traffic);
    }

    [Fact]
    public async Task Request_beyond_the_limit_is_answered_as_the_scenario_answers_it()
    {
        using var simulator = new ImaSimulator(_time);
        using var http = new HttpClient(simulator);
        simulator.Scenario.RateLimit(TimeSpan.FromSeconds(1));
        _simulator.RequestsPerSecond = 1;
        await SendAsync("list");

        using var scripted = await http.SendAsync(Message("create"), Token);
        using var limited = await _http.SendAsync(Message("create"), Token);

        Assert.Equal(429, (int)limited.StatusCode);
        Assert.Equal(["1"], limited.Headers.GetValues("Retry-After"));
        Assert.Equal("""{"code":429,"message":"Too many requests","data":null}""", await limited.Content.ReadAsStringAsync(Token));
        Assert.Equal(await scripted.Content.ReadAsStringAsync(Token), await limited.Content.ReadAsStringAsync(Token));
        Assert.Equal(scripted.Headers.ToString(), limited.Headers.ToString());
        Assert.Equal(scripted.Content.Headers.ToString(), limited.Content.Headers.ToString());
    }

    /// <summary>3 at 0 s and 2 at 0.6 s of a limit of 5: nothing is accepted until 1 s, then 3 requests, and 2 more at 1.6 s.</summary>
    [Fact]
    public async Task Window_slides_with_the_clock()
    {
        _simulator.RequestsPerSecond = 5;

        Assert.Equal([200, 200, 200], await StatusesAsync(3));
        _time.Advance(TimeSpan.FromMilliseconds(600));
        Assert.Equal([200, 200, 429], await StatusesAsync(3));
        _time.Advance(TimeSpan.FromSeconds(0.4) - TimeSpan.FromTicks(1));
        Assert.Equal([429], await StatusesAsync(1));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal([200, 200, 200, 429], await StatusesAsync(4));
        _time.Advance(TimeSpan.FromMilliseconds(600));
        Assert.Equal([200, 200, 429], await StatusesAsync(3));
    }

    [Fact]
    public async Task Refused_requests_do_not_count_towards_the_limit()
    {
        _simulator.RequestsPerSecond = 1;
        await SendAsync("list");
        for (var tenth = 0; tenth < 9; tenth++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            Assert.Equal(429, await SendAsync("list"));
        }

        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(200, await SendAsync("list"));
        Assert.Equal(9, _simulator.Traffic.RateLimited);
    }

    [Fact]
    public async Task Endpoints_of_the_api_share_the_limit_and_storage_and_images_are_free()
    {
        _simulator.RequestsPerSecond = 4;
        string[] endpoints = ["put", "image", "list", "create", "detail", "token", "put", "image", "list", "create", "detail", "token"];
        var statuses = new List<int>();
        foreach (var endpoint in endpoints)
        {
            statuses.Add(await SendAsync(endpoint));
        }

        Assert.Equal([403, 404, 200, 200, 200, 200, 403, 404, 429, 429, 429, 429], statuses);
        Assert.Equal(new SimulatedTraffic(8, 8, 4), _simulator.Traffic);
        Assert.Equal(endpoints, _simulator.Requests.Select(request => request.Endpoint));
    }

    [Fact]
    public async Task Refused_submission_is_not_charged_and_uses_up_no_scenario_and_no_script()
    {
        _simulator.RequestsPerSecond = 2;
        _simulator.Scenario.NeverEndingTask();
        _simulator.Script("list", new SimulatedFault { Status = 503 });
        using var client = TestClients.Create(new ImaNanoBananaOptions { ApiKey = "ima_test_key", RetryReads = false }, _simulator, _time);
        await StatusesAsync(2, "detail");

        Assert.Equal((429, 429), (await SendAsync("list"), await SendAsync("create")));
        _simulator.Ledger.ShouldBeEmpty();
        Assert.Empty(_simulator.Violations);
        Assert.Empty(_simulator.Differences);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(503, await SendAsync("list"));
        _time.Advance(TimeSpan.FromSeconds(1));
        var task = await client.SubmitAsync(new ImageRequest("a puppy"), Token);
        _time.Advance(TimeSpan.FromHours(1));
        using var detail = new StringContent($$"""{"task_id":"{{task.Id}}"}""", Encoding.UTF8, "application/json");
        using var message = Message("detail");
        message.Content = detail;
        using var answer = await _http.SendAsync(message, Token);

        Assert.Contains("\"processing\"", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        _simulator.Ledger.ShouldHaveCharged(6);
    }

    /// <summary>The second from 0.5 s to 1.5 s has the most, although no second of the clock has more than 3.</summary>
    [Fact]
    public async Task Peak_is_the_largest_number_in_any_second()
    {
        await StatusesAsync(1);
        _time.Advance(TimeSpan.FromMilliseconds(500));
        await StatusesAsync(2);
        _time.Advance(TimeSpan.FromMilliseconds(900));
        await StatusesAsync(3);
        _time.Advance(TimeSpan.FromMilliseconds(100));
        await StatusesAsync(1);
        _time.Advance(TimeSpan.FromSeconds(1));
        await StatusesAsync(1);

        Assert.Equal(new SimulatedTraffic(8, 5, 0), _simulator.Traffic);
    }

    [Fact]
    public async Task Every_429_is_counted_whatever_the_reason()
    {
        _simulator.Scenario.RateLimit(TimeSpan.FromHours(114));
        _simulator.Script("detail", new SimulatedFault { Status = 429 }, new SimulatedFault { Status = 503 });
        _simulator.Script("image", new SimulatedFault { Status = 429 });
        foreach (var endpoint in new[] { "create", "detail", "detail", "image", "list" })
        {
            await SendAsync(endpoint);
        }

        Assert.Equal(new SimulatedTraffic(4, 4, 2), _simulator.Traffic);
    }

    [Fact]
    public async Task Limit_counts_all_clients_at_once()
    {
        _simulator.RequestsPerSecond = 20;
        using var other = new HttpClient(_simulator, disposeHandler: false);

        var statuses = await Task.WhenAll(Enumerable.Range(0, 50).Select(number => Task.Run(
            async () =>
            {
                using var response = await (number % 2 == 0 ? _http : other).SendAsync(Message("list"), Token);
                return (int)response.StatusCode;
            },
            Token)));

        Assert.Equal((20, 30), (statuses.Count(status => status == 200), statuses.Count(status => status == 429)));
        Assert.Equal(new SimulatedTraffic(50, 50, 30), _simulator.Traffic);
    }

    [Fact]
    public async Task Limit_can_change_at_any_time_and_applies_to_the_second_that_is_running()
    {
        await StatusesAsync(3);
        _simulator.RequestsPerSecond = 3;
        Assert.Equal(429, await SendAsync("list"));
        _simulator.RequestsPerSecond = 4;
        Assert.Equal([200, 429], await StatusesAsync(2));
        _simulator.RequestsPerSecond = null;
        Assert.Equal(200, await SendAsync("list"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Limit_is_at_least_one(int limit)
    {
        _simulator.RequestsPerSecond = 3;

        Assert.Throws<ArgumentOutOfRangeException>(() => _simulator.RequestsPerSecond = limit);
        Assert.Equal(3, _simulator.RequestsPerSecond);
    }

    /// <summary>The client waits as the service asks and then submits once.</summary>
    [Fact]
    public async Task Client_waits_for_a_place_and_is_charged_once()
    {
        _simulator.RequestsPerSecond = 1;
        using var client = TestClients.Create(new ImaNanoBananaOptions { ApiKey = "ima_test_key" }, _simulator, _time);

        var call = client.GenerateAsync(new ImageRequest("a puppy"), Token);
        await _time.RunAsync(call, TimeSpan.FromSeconds(10), Token);
        var result = await call;

        Assert.Single(result.Images);
        _simulator.Ledger.ShouldHaveCharged(6);
        Assert.True(_simulator.Traffic.RateLimited > 0, $"{_simulator.Traffic}");
        Assert.Empty(_simulator.Violations);
        Assert.Empty(_simulator.Differences);
    }

    private async Task<IReadOnlyList<int>> StatusesAsync(int count, string endpoint = "list")
    {
        var statuses = new int[count];
        for (var number = 0; number < count; number++)
        {
            statuses[number] = await SendAsync(endpoint);
        }

        return statuses;
    }

    private async Task<int> SendAsync(string endpoint)
    {
        using var message = Message(endpoint);
        using var response = await _http.SendAsync(message, Token);
        return (int)response.StatusCode;
    }

    private static HttpRequestMessage Message(string endpoint) => endpoint switch
    {
        "list" => new(HttpMethod.Get, "https://api.imastudio.com/open/v1/product/list"),
        "create" => new(HttpMethod.Post, "https://api.imastudio.com/open/v1/tasks/create"),
        "detail" => Detail(),
        "token" => new(HttpMethod.Post, "https://imapi.liveme.com/api/rest/oss/getuploadtoken"),
        "put" => new(HttpMethod.Put, "https://simulator.oss.aliyuncs.com/simulator/0001.png"),
        _ => new(HttpMethod.Get, "https://ima-ga.esxscloud.com/simulator/task_sim_000001/1.png"),
    };

    private static HttpRequestMessage Detail()
    {
        var message = new HttpRequestMessage(HttpMethod.Post, "https://api.imastudio.com/open/v1/tasks/detail");
        message.Headers.Authorization = new("Bearer", "ima_test_key");
        message.Headers.Add("x-app-source", "ima_skills");
        message.Headers.Add("x_app_language", "en");
        message.Headers.UserAgent.ParseAdd("test/1");
        return message;
    }
}
