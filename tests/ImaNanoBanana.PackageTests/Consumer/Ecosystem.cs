using System.Reflection;
using System.Text;
using System.Text.Json;
using ImaNanoBanana;
using ImaNanoBanana.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

/// <summary>What surrounds the client in an app. Each method prints one line.</summary>
internal static class Ecosystem
{
    public static async Task TenantAsync()
    {
        var services = new ServiceCollection();
        services.AddImaImageClientFactory((_, tenantId, _) => ValueTask.FromResult<string?>("ima_key_of_" + tenantId))
            .UseSimulator(Simulator());
        await using var provider = services.BuildServiceProvider();

        var client = provider.GetRequiredService<IImaImageClientFactory>().CreateClient("tenant-a");

        Console.WriteLine($"tenant: {(await client.GenerateAsync(new ImageRequest("a puppy"))).Task.Credits} credits");
    }

    public static void Words()
    {
        var request = ImageChoice.Extract("a puppy on grass, 4K, portrait").ToRequest();

        Console.WriteLine($"words: {request.Prompt}, {request.Size}, {request.AspectRatio}");
    }

    public static async Task ToolAsync(IImaImageClient client)
    {
        var tools = client.AsImageTools(new ImageToolOptions { RequireApproval = false });

        var answer = (JsonElement)(await tools[0].InvokeAsync(new AIFunctionArguments { ["prompt"] = "a puppy" }))!;

        Console.WriteLine($"tool: {answer.GetProperty("status")}");
    }

    /// <summary>The journal comes from the configuration, and so does the newer model.</summary>
    public static async Task ConfiguredAsync()
    {
        var folder = Directory.CreateTempSubdirectory();
        var simulator = Simulator();
        simulator.AddModel(SimulatedModel.Newer);
        var settings = new Dictionary<string, string?>
        {
            ["Ima:Journal:Folder"] = folder.FullName,
            ["Ima:AdditionalModels:0"] = SimulatedModel.Newer.Id,
        };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var services = new ServiceCollection().AddLogging();
        services.AddImaNanoBanana(configuration.GetSection("Ima")).UseSimulator(simulator);
        services.AddHealthChecks().AddImaNanoBanana();
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<IImaImageClient>();

        var request = new ImageRequest("a puppy") { Model = new ImageModel(SimulatedModel.Newer.Id), Tag = "blog" };
        var result = await client.GenerateAsync(request);
        var saved = await client.SaveAsync(
            result.Image, Path.Combine(folder.FullName, "puppy"), new ImageSaveOptions { EmbeddedRequest = request });
        var usage = await provider.GetRequiredService<ITaskJournal>().GetUsageAsync();
        var health = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        var bytes = await File.ReadAllBytesAsync(saved.Path!);
        Console.WriteLine($"newer model: {result.Task.Model}");
        Console.WriteLine($"usage: {usage.Groups[0].Key}, {usage.Total.Submissions} submission");
        Console.WriteLine($"prompt in the picture: {bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes("a puppy")) >= 0}");
        Console.WriteLine($"health: {health.Status}");
        folder.Delete(recursive: true);
    }

    public static async Task SubstituteAsync()
    {
        var client = DispatchProxy.Create<IImaImageClient, Nothing>();
        try
        {
            await client.GenerateAsync(new ImageRequest("a puppy"), new Progress<ImageProgress>());
        }
        catch (InvalidOperationException exception)
        {
            Console.WriteLine($"substitute: {exception.Message[(exception.Message.LastIndexOf(',') + 2)..]}");
        }
    }

    private static ImaSimulator Simulator() => new() { ProcessingTime = TimeSpan.Zero };

    /// <summary>A mock that returns null from every member.</summary>
    public class Nothing : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => null;
    }
}
