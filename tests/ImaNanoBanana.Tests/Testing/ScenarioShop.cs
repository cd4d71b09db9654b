using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests.Client;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Tests.Testing;

/// <summary>A client on a simulator with faults, and the outcomes of its calls.</summary>
internal sealed class ScenarioShop : IDisposable
{
    /// <summary>The pause after a 429 is the longest delay.</summary>
    private static readonly TimeSpan LongestDelay = RetryAfter.Longest;

    public ScenarioShop()
    {
        Simulator = new ImaSimulator(Time);
        Client = TestClient.Patient(Simulator, Time);
    }

    public TestTimeProvider Time { get; } = new();

    public ImaSimulator Simulator { get; }

    public ImaImageClient Client { get; }

    /// <summary>The requests that were sent, by their endpoints; the polls of one watch count as one.</summary>
    public IReadOnlyList<string> Sent => Simulator.Requests.Select(request => request.Endpoint)
        .Aggregate(new List<string>(), (sent, endpoint) => endpoint == "detail" && sent is [.., "detail"] ? sent : [.. sent, endpoint]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Client.Dispose();
        Simulator.Dispose();
    }

    /// <summary>Runs a call while the clock moves.</summary>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> call)
    {
        var work = call(Token);
        await Time.RunAsync(work, LongestDelay, Token);
        return await work;
    }

    public Task<ImaException> FailureAsync<T>(Func<CancellationToken, Task<T>> call) =>
        RunAsync(token => Assert.ThrowsAsync<ImaException>(() => call(token)));

    /// <summary>Submits a request, watches the task and downloads the image.</summary>
    public async Task<ScenarioOutcome> OutcomeAsync(ImageRequest request)
    {
        try
        {
            var result = await RunAsync(async token =>
            {
                var result = await Client.GenerateAsync(request, token);
                using var destination = new MemoryStream();
                await Client.DownloadAsync(result.Image, destination, token);
                return result;
            });
            return new Delivered(result.Images.Count, result.Images.Count + result.Failures.Count, result.Task.Credits!.Value);
        }
        catch (ImaException exception)
        {
            return new Failed(exception.Kind, exception.ChargeStatus, exception.RetryGuidance, exception.Code);
        }
    }
}
