using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ImaNanoBanana.IntegrationTests.Journal;
using ImaNanoBanana.JournalWorker;
using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests;

namespace ImaNanoBanana.IntegrationTests.Testing;

/// <summary>One served simulator for three processes: two that submit, and this one, which sets it up and reads it over http.</summary>
public class SimulatorProcessesTests
{
    private const int Each = 4;

    /// <summary>The price of what the processes submit: the smallest size.</summary>
    private const decimal Price = 4;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The simulator's clock stands still, so that all requests arrive within one second.</summary>
    [Fact]
    public async Task Requests_of_all_processes_are_counted_and_a_scenario_affects_one_of_them()
    {
        using var simulator = new ImaSimulator(new TestTimeProvider()) { ProcessingTime = TimeSpan.Zero };
        await using var shop = await Shop.OpenAsync(simulator);
        await using var first = await shop.StartWorkerAsync();
        await using var second = await shop.StartWorkerAsync();
        using var control = new HttpClient { BaseAddress = new Uri(shop.Address) };
        using var scenario = await control.PostAsJsonAsync(
            new Uri("simulator/scenarios", UriKind.Relative), new JsonObject { ["kind"] = "insufficientCredits" }, Token);

        await Task.WhenAll(first.SubmitAsync("first", Each), second.SubmitAsync("second", Each));
        var outcomes = await Task.WhenAll(first.NextAsync(Each, Outcome.Parse), second.NextAsync(Each, Outcome.Parse));

        var charges = await ReadAsync(control, "charges");
        var traffic = await ReadAsync(control, "traffic");
        Assert.Single(outcomes.SelectMany(process => process), outcome => outcome.Task is null);
        Assert.Equal(Price * ((2 * Each) - 1), (decimal)charges["credits"]!);
        Assert.Equal((2 * Each) - 1, charges["charges"]!.AsArray().Count);
        Assert.Equal(2 * Each, simulator.Requests.Count(request => request.Endpoint == "create"));
        var toApi = simulator.Requests.Count(request => request.Endpoint != "image");
        Assert.Equal((toApi, toApi), ((int)traffic["requests"]!, (int)traffic["peakPerSecond"]!));
        Assert.Equal(0, (int)traffic["rateLimited"]!);
    }

    private static async Task<JsonObject> ReadAsync(HttpClient control, string path) =>
        (await control.GetFromJsonAsync<JsonObject>(new Uri("simulator/" + path, UriKind.Relative), Token))!;
}
