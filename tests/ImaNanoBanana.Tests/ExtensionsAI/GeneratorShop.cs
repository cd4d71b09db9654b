using System.Text.Json.Nodes;
using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests.Client;
using ImaNanoBanana.Watching;
using Microsoft.Extensions.AI;

namespace ImaNanoBanana.Tests.ExtensionsAI;

/// <summary>The generator on a client with the simulator, and a record of what was sent.</summary>
internal sealed class GeneratorShop : IDisposable
{
    public GeneratorShop()
    {
        Simulator = new ImaSimulator(Time);
        Wire = new RecordingHandler(Simulator);
        Client = TestClient.Patient(Wire, Time);
        Generator = Client.AsIImageGenerator();
    }

    public TestTimeProvider Time { get; } = new();

    public ImaSimulator Simulator { get; }

    public RecordingHandler Wire { get; }

    public ImaImageClient Client { get; }

    public IImageGenerator Generator { get; }

    public IReadOnlyList<(string Endpoint, string Body)> Requests => Wire.Requests;

    /// <summary>The credits charged for each submission, in sequence.</summary>
    public IEnumerable<decimal> Charged => Simulator.Charges.Select(charge => charge.Credits);

    /// <summary>The single create that was sent.</summary>
    public JsonNode Submission => JsonNode.Parse(Requests.Single(request => request.Endpoint == "create").Body)!;

    /// <summary>The inner parameters of the single create.</summary>
    public JsonNode Parameters => Submission["parameters"]![0]!["parameters"]!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public Task<ImageGenerationResponse> GenerateAsync(
        string? prompt, ImageGenerationOptions? options = null, IEnumerable<AIContent>? images = null) =>
        RunAsync(Generator.GenerateAsync(new ImageGenerationRequest { Prompt = prompt, OriginalImages = images }, options, Token));

    public Task<ImageGenerationResponse> FetchAsync(AIContent content, ImageGenerationOptions? options = null) =>
        GenerateAsync(null, options, [content]);

    /// <summary>Waits while the clock moves.</summary>
    public async Task<T> RunAsync<T>(Task<T> work)
    {
        await Time.RunAsync(work, PollSchedule.Longest, Token);
        return await work;
    }

    public int Count(string endpoint) => Requests.Count(request => request.Endpoint == endpoint);

    public void Dispose()
    {
        Generator.Dispose();
        Client.Dispose();
        Wire.Dispose();
        Simulator.Dispose();
    }
}
