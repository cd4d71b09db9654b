using System.Net;
using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests;

namespace ImaNanoBanana.IntegrationTests.Testing;

/// <summary>What a browser gets from a served simulator: the pictures at their URLs, and the page at <c>/</c>.</summary>
public sealed class SimulatorPageTests : IAsyncLifetime
{
    private readonly TestTimeProvider _time = new();
    private readonly ImaSimulator _simulator;
    private ImaSimulatorServer _server = null!;
    private ImaImageClient _client = null!;
    private HttpClient _browser = null!;

    public SimulatorPageTests() => _simulator = new ImaSimulator(_time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await ImaSimulatorServer.StartAsync(_simulator, cancellationToken: Token);
        _browser = new HttpClient { BaseAddress = _server.Address };
        _client = TestClients.Create(
            new ImaNanoBananaOptions { ApiKey = "ima_test_key" }, new ImaSimulatorProxy(_server.Address), _time);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _browser.Dispose();
        await _server.DisposeAsync();
        _simulator.Dispose();
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task Picture_opens_in_a_browser_and_in_pages_of_any_origin(string method)
    {
        await SubmitAsync("a puppy");

        using var response = await BrowseAsync(method, "images/simulator/task_sim_000001/1.png");
        var bytes = await response.Content.ReadAsByteArrayAsync(Token);

        Assert.Equal(
            (200, "image/png", "inline", "no-cache", "*"),
            (
                (int)response.StatusCode,
                response.Content.Headers.ContentType!.ToString(),
                response.Content.Headers.ContentDisposition!.ToString(),
                response.Headers.CacheControl!.ToString(),
                response.Headers.GetValues("Access-Control-Allow-Origin").Single()));
        Assert.Equal(method == "HEAD" ? [] : Convert.FromHexString("89504E470D0A1A0A"), bytes.Take(8));
    }

    [Fact]
    public async Task Unchanged_picture_is_not_sent_again()
    {
        await SubmitAsync("a puppy");
        using var first = await BrowseAsync("GET", "images/simulator/task_sim_000001/1.png");
        var tag = first.Headers.ETag!.ToString();

        using var again = await BrowseAsync("GET", "images/simulator/task_sim_000001/1.png", tag);
        using var other = await BrowseAsync("GET", "images/simulator/task_sim_000001/1.png", "\"another\"");
        _simulator.Reset();
        await SubmitAsync("a kitten");
        using var kitten = await BrowseAsync("GET", "images/simulator/task_sim_000001/1.png", tag);

        Assert.Equal((304, 200, 200), ((int)again.StatusCode, (int)other.StatusCode, (int)kitten.StatusCode));
        Assert.Empty(await again.Content.ReadAsByteArrayAsync(Token));
        Assert.Equal((tag, tag), (again.Headers.ETag!.ToString(), other.Headers.ETag!.ToString()));
        Assert.NotEqual(tag, kitten.Headers.ETag!.ToString());
    }

    /// <summary>Looking at the headers does not use up the damaged download, and no cache keeps it.</summary>
    [Fact]
    public async Task Damaged_picture_is_sent_once_and_not_kept()
    {
        _simulator.Scenario.CorruptImage();
        await SubmitAsync("a puppy");
        using var head = await BrowseAsync("HEAD", "images/simulator/task_sim_000001/1.png");

        using var damaged = await BrowseAsync("GET", "images/simulator/task_sim_000001/1.png", "*");
        using var whole = await BrowseAsync("GET", "images/simulator/task_sim_000001/1.png");

        Assert.Equal(("no-store", (object?)null), (damaged.Headers.CacheControl!.ToString(), damaged.Headers.ETag));
        Assert.True(
            (await damaged.Content.ReadAsByteArrayAsync(Token)).Length < (await whole.Content.ReadAsByteArrayAsync(Token)).Length);
    }

    [Theory]
    [InlineData("images/simulator/task_sim_000001/1.png")]
    [InlineData("images/simulator/task_sim_000009/1.png")]
    [InlineData("simulator/pictures/task_sim_000001/1.png")]
    [InlineData("simulator/pictures/")]
    [InlineData("simulator/pictures/../charges.png")]
    public async Task Picture_that_is_not_ready_is_not_found(string path)
    {
        await _client.SubmitAsync(new ImageRequest("a puppy"), Token);

        using var response = await BrowseAsync("GET", path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData("open/v1/product/list?category=text_to_image")]
    [InlineData("simulator/charges")]
    [InlineData("")]
    public async Task Only_pictures_may_be_read_by_pages_of_other_origins(string path)
    {
        using var response = await BrowseAsync("GET", path);

        Assert.DoesNotContain(response.Headers, header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Page_shows_tasks_charges_violations_and_differences()
    {
        _simulator.Scenario.FailedImages(1);
        await _client.SubmitAsync(new ImageRequest("a red chair") { Count = 3 }, Token);
        _time.Advance(_simulator.ProcessingTime);
        await _client.SubmitAsync(new ImageRequest("a puppy"), Token);
        using var list = await BrowseAsync("GET", "open/v1/product/list");
        await RawHttp.SendAsync(
            _server.Address, "GET /open/v1/product/list", ["Authorization: Bearer k", "x-app-source: other", "User-Agent: a"], null, Token);

        using var response = await BrowseAsync("GET", "");
        var page = await response.Content.ReadAsStringAsync(Token);

        Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Contains("Tasks: 2. Simulated credits charged: 24. Violations: 1. Differences: 2.", page, StringComparison.Ordinal);
        Assert.Contains("<td class=\"prompt\">a red chair</td>", page, StringComparison.Ordinal);
        Assert.Contains("<td>2 ready, 1 failed</td><td class=\"number\">18</td>", page, StringComparison.Ordinal);
        Assert.Contains("<td>processing</td><td class=\"number\">6</td>", page, StringComparison.Ordinal);
        Assert.Contains("<img src=\"/simulator/pictures/task_sim_000001/2.png\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("task_sim_000001/3.png", page, StringComparison.Ordinal);
        Assert.Contains("<td><code>list</code></td><td>the API key is missing</td>", page, StringComparison.Ordinal);
        Assert.Contains("<td><code>list</code></td><td>x_app_language is missing</td>", page, StringComparison.Ordinal);
        Assert.True(page.IndexOf("a puppy", StringComparison.Ordinal) < page.IndexOf("a red chair", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_of_a_request_is_read_as_html_and_nothing_is_loaded_from_elsewhere()
    {
        await SubmitAsync("""<script>alert(1)</script> & "quotes" 'single' 猫 </td><img src=x onerror=y>""");

        using var response = await BrowseAsync("GET", "");
        var page = await response.Content.ReadAsStringAsync(Token);

        Assert.Contains(
            "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quotes&quot; &#x27;single&#x27;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("src=x", page.Replace("&lt;img src=x onerror=y&gt;", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("http:", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("https:", page, StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith("default-src 'none';", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    /// <summary>Anyone who looks at the page changes nothing for the client that is tested.</summary>
    [Fact]
    public async Task Looking_at_the_page_is_no_request_to_the_service()
    {
        _simulator.Scenario.CorruptImage();
        await SubmitAsync("a puppy");
        _simulator.Script("image", new SimulatedFault { Status = 500 });
        var before = (_simulator.Requests.Count, _simulator.Traffic);

        using var page = await BrowseAsync("GET", "");
        using var picture = await BrowseAsync("GET", "simulator/pictures/task_sim_000001/1.png");
        using var again = await BrowseAsync("GET", "simulator/pictures/task_sim_000001/1.png", picture.Headers.ETag!.ToString());
        var size = (await picture.Content.ReadAsByteArrayAsync(Token)).AsSpan(16, 8).ToArray();

        Assert.Equal(before, (_simulator.Requests.Count, _simulator.Traffic));
        Assert.Equal((200, 304), ((int)picture.StatusCode, (int)again.StatusCode));
        Assert.Equal([0, 0, 2, 0, 0, 0, 2, 0], size);
        using var failed = await BrowseAsync("GET", "images/simulator/task_sim_000001/1.png");
        using var damaged = await BrowseAsync("GET", "images/simulator/task_sim_000001/1.png");
        Assert.Equal((500, "no-store"), ((int)failed.StatusCode, damaged.Headers.CacheControl!.ToString()));
    }

    [Fact]
    public async Task Page_of_a_long_run_shows_the_newest_tasks()
    {
        for (var number = 1; number <= 101; number++)
        {
            var order = SimulatorDifferencesTests.Order.Replace("a puppy", $"picture number {number}.", StringComparison.Ordinal);
            string[] headers = ["Authorization: Bearer key", "x-app-source: ima_cli", "Content-Type: application/json"];
            await RawHttp.SendAsync(_server.Address, "POST /open/v1/tasks/create", headers, order, Token);
        }

        var page = await _browser.GetStringAsync(_server.Address, Token);

        Assert.Contains("The newest 100 are shown.", page, StringComparison.Ordinal);
        Assert.Contains("picture number 101.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("picture number 1.", page, StringComparison.Ordinal);
    }

    private async Task SubmitAsync(string prompt)
    {
        await _client.SubmitAsync(new ImageRequest(prompt), Token);
        _time.Advance(_simulator.ProcessingTime);
    }

    private async Task<HttpResponseMessage> BrowseAsync(string method, string path, string? tag = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(_server.Address, path));
        if (tag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        }

        return await _browser.SendAsync(request, Token);
    }
}
