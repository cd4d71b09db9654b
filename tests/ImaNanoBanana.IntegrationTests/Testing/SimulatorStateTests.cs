using System.Text;
using System.Text.Json.Nodes;
using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests;

namespace ImaNanoBanana.IntegrationTests.Testing;

/// <summary>A served simulator with a state file: what a caller was told is in the file, and a new process continues with it.</summary>
public sealed class SimulatorStateTests : IDisposable
{
    private static readonly byte[] Png = Convert.FromHexString("89504E470D0A1A0A00");

    private readonly TestTimeProvider _time = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("simulator-state-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string StateFile => Path.Combine(_folder.FullName, "state.json");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>The first server is not stopped in an orderly way: its file is copied while it runs, as a kill would leave it.</summary>
    [Fact]
    public async Task Everything_continues_after_a_kill()
    {
        string task;
        await using (var first = await StartAsync())
        {
            using var client = Client(first);
            first.Simulator.Balance = 100;
            first.Simulator.ProcessingTime = TimeSpan.FromSeconds(20);
            task = (await client.SubmitAsync(
                new ImageRequest("as a painting") { Images = [ImageInput.FromBytes(Png)], Count = 2 }, Token)).ToHandle();
            first.Simulator.Scenario.PriceChange(9);
            await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(new ImageRequest("a puppy") { MaxCredits = 7 }, Token));
            await SendAsync(first, HttpMethod.Post, "simulator/scenarios", """{"kind":"failedImages","count":1,"reason":"why"}""");
            await SendAsync(first, HttpMethod.Post, "simulator/faults", """{"endpoint":"image","status":503,"delaySeconds":0.5}""");
            await SendAsync(first, HttpMethod.Get, "open/v1/product/list", null);
            File.Copy(StateFile, StateFile + ".killed");
        }

        File.Move(StateFile + ".killed", StateFile, overwrite: true);
        _time.Advance(TimeSpan.FromSeconds(20));
        await using var second = await StartAsync();
        using var continued = Client(second);
        var result = await continued.WaitForCompletionAsync(ImageTask.FromHandle(task), Token);
        var quote = await continued.QuoteAsync(new ImageRequest("a puppy"), Token);
        var edited = await continued.SubmitAsync(
            new ImageRequest("again") { Images = [ImageInput.FromUrl("https://ima-ga.esxscloud.com/simulator/uploads/0001.png")] }, Token);

        Assert.Equal((2, 9m), (result.Images.Count, quote.Credits));
        Assert.Equal((100m - 12 - 6, TimeSpan.FromSeconds(20)), (second.Simulator.Balance, second.Simulator.ProcessingTime));
        Assert.Equal("task_sim_000002", edited.Id);
        Assert.Equal([12m, 6m], second.Simulator.Charges.Select(charge => charge.Credits));
        Assert.Equal([new SimulatorViolation("list", "the API key is missing")], second.Simulator.Violations);
        Assert.Equal(
            """{"pending":{"image":1}}""", await SendAsync(second, HttpMethod.Get, "simulator/pending", null));
        _time.Advance(TimeSpan.FromSeconds(20));
        var failure = await Assert.ThrowsAsync<ImaException>(() => continued.WaitForCompletionAsync(edited, Token));
        Assert.Contains("why", failure.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string, string> Changes() => new()
    {
        { "POST open/v1/tasks/create", SimulatorDifferencesTests.Order, "tasks", "task_sim_000001" },
        { "PATCH simulator/settings", """{"balance":77}""", "balance", "77" },
        { "PATCH simulator/settings", """{"catalog":"realistic"}""", "catalogKind", "Realistic" },
        { "PATCH simulator/settings", """{"clockSkewSeconds":60}""", "clockSkew", "00:01:00" },
        { "POST simulator/scenarios", """{"kind":"priceChange","credits":7.5}""", "pending", "7.5" },
        { "POST simulator/faults", """{"endpoint":"put","status":503}""", "pending", "503" },
        { "POST open/v1/tasks/create", "{}", "violations", "missing or has the wrong type" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Change_is_in_the_file_when_its_answer_arrives(string request, string body, string member, string expected)
    {
        await using var server = await StartAsync();
        Assert.DoesNotContain(expected, State()[member]?.ToJsonString() ?? "", StringComparison.Ordinal);

        await SendAsync(server, new HttpMethod(request.Split(' ')[0]), request.Split(' ')[1], body);

        Assert.Contains(expected, State()[member]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Charge_whose_answer_is_lost_is_in_the_file()
    {
        await using var server = await StartAsync();
        server.Simulator.Scenario.AcceptThenDrop().TruncatedAnswer();

        await Assert.ThrowsAsync<HttpRequestException>(
            () => SendAsync(server, HttpMethod.Post, "open/v1/tasks/create", SimulatorDifferencesTests.Order));
        Assert.Single(State()["charges"]!.AsArray());
        await Assert.ThrowsAsync<HttpRequestException>(
            () => SendAsync(server, HttpMethod.Post, "open/v1/tasks/create", SimulatorDifferencesTests.Order));
        Assert.Equal(2, State()["charges"]!.AsArray().Count);
    }

    [Fact]
    public async Task Many_changes_at_once_are_all_kept()
    {
        await using (var server = await StartAsync())
        {
            await Task.WhenAll(Enumerable.Range(0, 40).Select(
                _ => SendAsync(server, HttpMethod.Post, "open/v1/tasks/create", SimulatorDifferencesTests.Order)));
            Assert.Equal(40, State()["tasks"]!.AsArray().Count);
        }

        await using var again = await StartAsync();
        again.Simulator.Ledger.ShouldHaveCharged(240);
    }

    public static TheoryData<string> Damages() =>
    [
        "", " ", "null", "[]", "{}", "no json", "HALF", "{\"version\":1}",
        "\"version\": 1|\"version\": 2", "\"version\": 1|\"other\": 1", "\"balance\": null|\"balance\": \"x\"",
        "task_sim_000001|task_sim_000009", "\"count\": 1|\"count\": 0", "\"1:1\"|\"1:0\"", "\"1:1\"|null", "\"tasks\": [|\"tasks\": [null,",
        "\"pending\": {}|\"pending\": {\"nothing\": []}", "\"charges\": [|\"charges\": [null,", "\"Plain\"|\"Other\"",
        "\"requestsPerSecond\": null|\"requestsPerSecond\": 0", "\"uploadPixels\": {}|\"uploadPixels\": {\"x\": \"AAAA\"}",
        "\"nonces\": []|\"nonces\": null",
    ];

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Damaged_file_is_refused_with_a_sentence_and_never_changed(string damage)
    {
        await using (var server = await StartAsync())
        {
            await SendAsync(server, HttpMethod.Post, "open/v1/tasks/create", SimulatorDifferencesTests.Order);
        }

        var good = await File.ReadAllTextAsync(StateFile, Token);
        var damaged = damage switch
        {
            "HALF" => good[..(good.Length / 2)],
            _ when damage.Split('|') is [var from, var to] => good.Replace(from, to, StringComparison.Ordinal),
            _ => damage,
        };
        Assert.NotEqual(good, damaged);
        await File.WriteAllTextAsync(StateFile, damaged, Token);

        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => StartAsync());

        Assert.StartsWith($"The state file '{StateFile}' is not a state of the simulator: ", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith(
            "The file was not changed. Repair or remove it, or use another file.", exception.Message, StringComparison.Ordinal);
        Assert.Equal(damaged, await File.ReadAllTextAsync(StateFile, Token));
        await File.WriteAllTextAsync(StateFile, good, Token);
        await using var repaired = await StartAsync();
        repaired.Simulator.Ledger.ShouldHaveCharged(6);
    }

    [Fact]
    public async Task Second_simulator_on_the_same_file_is_refused()
    {
        await using var server = await StartAsync();

        var exception = await Assert.ThrowsAsync<IOException>(() => StartAsync());

        Assert.Contains(StateFile, exception.Message, StringComparison.Ordinal);
        await SendAsync(server, HttpMethod.Post, "open/v1/tasks/create", SimulatorDifferencesTests.Order);
        Assert.Single(State()["tasks"]!.AsArray());
    }

    private Task<ImaSimulatorServer> StartAsync() =>
        ImaSimulatorServer.StartAsync(new ImaSimulator(_time), stateFile: StateFile, cancellationToken: Token);

    private JsonNode State() => JsonNode.Parse(File.ReadAllText(StateFile))!;

    private ImaImageClient Client(ImaSimulatorServer server) => TestClients.Create(
        new ImaNanoBananaOptions { ApiKey = "ima_test_key" }, new ImaSimulatorProxy(server.Address), _time);

    private static async Task<string> SendAsync(ImaSimulatorServer server, HttpMethod method, string path, string? body)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Headers.Authorization = new("Bearer", "any-key");
            request.Headers.Add("x-app-source", "ima_skills");
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        using var response = await http.SendAsync(request, Token);
        return await response.Content.ReadAsStringAsync(Token);
    }
}
