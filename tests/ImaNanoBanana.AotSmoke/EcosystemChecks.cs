using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using ImaNanoBanana.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace ImaNanoBanana.AotSmoke;

/// <summary>What surrounds the client in an app: image generators, traces and metrics.</summary>
internal static class EcosystemChecks
{
    public static IEnumerable<Check> All =>
    [
        new("image generator: a URL, bytes, and a task that is fetched later", GeneratorAsync),
        new("image generator of a registration", RegisteredAsync),
        new("tools for a chat model", ToolsAsync),
        new("spans and metrics", TelemetryAsync),
    ];

    private static async Task GeneratorAsync()
    {
        using var shop = new Shop();
        using var generator = shop.Client.AsIImageGenerator();
        var settings =
            new AdditionalPropertiesDictionary
            {
                [ImaImageGenerationProperties.IdempotencyKey] = "order-1",
                [ImaImageGenerationProperties.MaxCredits] = 20,
            };

        var addresses = await shop.RunAsync(generator.GenerateAsync(
            new ImageGenerationRequest("a puppy"),
            new ImageGenerationOptions { AdditionalProperties = settings, ImageSize = new(1920, 1080) }));
        var bytes = await shop.RunAsync(generator.GenerateAsync(
            new ImageGenerationRequest("a kitten"), new ImageGenerationOptions { ResponseFormat = ImageGenerationResponseFormat.Data }));
        var hosted = await shop.RunAsync(generator.GenerateAsync(
            new ImageGenerationRequest("a fox"), new ImageGenerationOptions { ResponseFormat = ImageGenerationResponseFormat.Hosted }));
        var fetched = await shop.RunAsync(generator.GenerateAsync(new ImageGenerationRequest { OriginalImages = [hosted.Contents[0]] }));

        Expect.That(addresses.Contents[0] is UriContent && fetched.Contents[0] is UriContent);
        Expect.Equal($"image/png", $"{((DataContent)bytes.Contents[0]).MediaType}");
        Expect.Equal($"a puppy 10, a kitten 6, a fox 6", $"{shop.Submitted}");
    }

    private static async Task RegisteredAsync()
    {
        var services = new ServiceCollection();
        services.AddImaNanoBanana().AddImageGenerator().UseSimulator(new ImaSimulator { ProcessingTime = TimeSpan.Zero });
        await using var provider = services.BuildServiceProvider();

        var response = await provider.GetRequiredService<IImageGenerator>().GenerateAsync(new ImageGenerationRequest("a puppy"));

        Expect.That(response.RawRepresentation is ImageResult);
    }

    private static async Task ToolsAsync()
    {
        using var shop = new Shop();
        var tools = shop.Client.AsImageTools(new ImageToolOptions
        {
            RequireApproval = false,
            MaxCredits = 20,
            Budget = new CreditBudget(20),
            DefaultChoice = ImageChoice.Parse("2K"),
            Language = ImaLanguage.English,
        });

        var answer = await shop.RunAsync(tools[0].InvokeAsync(new AIFunctionArguments { ["prompt"] = "a puppy" }).AsTask());

        Expect.Equal($"completed", $"{((JsonElement)answer!).GetProperty("status").GetString()}");
        Expect.Equal($"a puppy 10", $"{shop.Submitted}");
    }

    private static async Task TelemetryAsync()
    {
        var (spans, credits) = (new List<string>(), 0d);
        using var traces = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ImaTelemetry.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span => spans.Add(span.OperationName),
        };
        ActivitySource.AddActivityListener(traces);
        using var metrics = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == ImaTelemetry.MeterName && instrument.Name == "ima.client.credits.spent")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        metrics.SetMeasurementEventCallback<double>((_, value, _, _) => credits += value);
        metrics.Start();
        using var shop = new Shop();

        await shop.RunAsync(shop.Client.GenerateAsync(new ImageRequest("a puppy")));

        Expect.Equal(
            $"submit gemini-3.1-flash-image, watch gemini-3.1-flash-image, generate_content gemini-3.1-flash-image",
            $"{string.Join(", ", spans)}");
        Expect.Equal($"6", $"{credits}");
    }
}
