using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImaNanoBanana.AotSmoke;

/// <summary>The JSON of the SDK's types without reflection, with its own context and with one of an app.</summary>
internal static partial class JsonChecks
{
    public static IEnumerable<Check> All =>
    [
        new("request as JSON", Request),
        new("request inside of an app's type as JSON", Job),
        new("progress and outcomes as JSON", ProgressAsync),
        new("key made from the content", KeyAsync),
    ];

    private static void Request()
    {
        var json = JsonSerializer.Serialize(Full(), ImaNanoBananaJsonContext.Default.ImageRequest);
        var read = JsonSerializer.Deserialize(json, ImaNanoBananaJsonContext.Default.ImageRequest)!;

        Expect.Equal($"{json}", $"{JsonSerializer.Serialize(read, ImaNanoBananaJsonContext.Default.ImageRequest)}");
        Expect.Equal(
            $"a puppy 2K 7 18 https://images.test/1.png",
            $"{read.Prompt} {read.Size} {read.Parameters["seed"]} {read.MaxCredits} {read.Images[0]}");
        Expect.Equal($"\"4K\"", $"{JsonSerializer.Serialize(ImageSize.Size4K, ImaNanoBananaJsonContext.Default.ImageSize)}");
    }

    private static void Job()
    {
        var json = JsonSerializer.Serialize(new QueuedJob(7, Full()), AppJsonContext.Default.QueuedJob);
        var read = JsonSerializer.Deserialize(json, AppJsonContext.Default.QueuedJob)!;

        Expect.Equal($"7 a puppy 2K 18", $"{read.Id} {read.Request.Prompt} {read.Request.Size} {read.Request.MaxCredits}");
    }

    private static async Task ProgressAsync()
    {
        using var shop = new Shop();
        var last = (await shop.RunAsync(shop.Client.GenerateStreamingAsync(new ImageRequest("a puppy"))))[^1];
        ImageOutcome outcome = new("order-1") { Error = new ImaException(ImaErrorKind.TimedOut, "Late.") { Task = last.Task } };

        var json = JsonSerializer.Serialize(last, ImaNanoBananaJsonContext.Default.ImageProgress);
        var read = JsonSerializer.Deserialize(json, ImaNanoBananaJsonContext.Default.ImageProgress)!;
        var outcomes = JsonSerializer.Serialize([outcome], ImaNanoBananaJsonContext.Default.IReadOnlyListImageOutcome);
        var late = JsonSerializer.Deserialize(outcomes, ImaNanoBananaJsonContext.Default.IReadOnlyListImageOutcome)![0];

        Expect.That(read.Result!.Image == last.Result!.Image && read.Task == last.Task);
        Expect.That(late.Error!.Kind == ImaErrorKind.TimedOut && late.Task == last.Task);
    }

    private static async Task KeyAsync()
    {
        var request = Full();

        var key = await request.CreateContentKeyAsync("order-1");

        Expect.That(key.Length == 39 && key == await (request with { MaxCredits = 1 }).CreateContentKeyAsync("order-1"));
    }

    private static ImageRequest Full() => new("a puppy")
    {
        Size = ImageSize.Size2K,
        Images = [ImageInput.FromUrl("https://images.test/1.png")],
        Parameters = ImageParameters.Parse("""{"seed":7}"""),
        MaxCredits = 18,
    };

    internal sealed record QueuedJob(int Id, ImageRequest Request);

    [JsonSerializable(typeof(QueuedJob))]
    internal sealed partial class AppJsonContext : JsonSerializerContext;
}
