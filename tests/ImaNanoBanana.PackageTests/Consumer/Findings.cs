using ImaNanoBanana;
using Polly;

/// <summary>One mistake for each rule of the package's analyzers. It is compiled and never called.</summary>
internal static class Findings
{
    public static async Task<ImageTask> RepeatAsync(IImaImageClient client, ResiliencePipeline pipeline) =>
        await pipeline.ExecuteAsync(async token => await client.SubmitAsync(new ImageRequest("a puppy"), token));

    public static async Task EnumerateTwiceAsync(IImaImageClient client)
    {
        var stream = client.GenerateStreamingAsync(new ImageRequest("a puppy"));
        await foreach (var item in stream)
        {
        }

        await foreach (var item in stream)
        {
        }
    }

    public static void CreateForEachCall()
    {
        while (true)
        {
            using var client = new ImaImageClient(new ImaNanoBananaOptions { ApiKey = "ima_0000000000000000made-up" });
        }
    }
}
