using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests.Client;
using ImaNanoBanana.Watching;
using Polly;
using Polly.Retry;

namespace ImaNanoBanana.Tests.Docs;

/// <summary>The C# of docs/analyzers.md, compiled and run. Each region between the marks is one fenced block, in order.</summary>
public sealed class AnalyzersSnippets
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Retry_with_an_idempotency_key_is_charged_once()
    {
        var time = new TestTimeProvider();
        using var simulator = new ImaSimulator(time);
        using var client = TestClient.Patient(simulator, time);
        var pipeline = new ResiliencePipelineBuilder<ImageResult>()
            .AddRetry(new RetryStrategyOptions<ImageResult>
            {
                ShouldHandle = arguments => ValueTask.FromResult(arguments.AttemptNumber == 0),
                Delay = TimeSpan.Zero,
            })
            .Build();

        await RunAsync(time, GenerateAsync(client, pipeline, Token));

        Assert.Single(simulator.Charges);
    }

    private static async Task RunAsync(TestTimeProvider time, Task work)
    {
        await time.RunAsync(work, PollSchedule.Longest, Token);
        await work;
    }

    private static async Task<ImageResult> GenerateAsync(
        ImaImageClient client, ResiliencePipeline<ImageResult> pipeline, CancellationToken cancellationToken)
    {
        // >>>
        var request = new ImageRequest("a cute puppy on grass") { IdempotencyKey = "order-4711" };
        var result = await pipeline.ExecuteAsync(async token => await client.GenerateAsync(request, token), cancellationToken);
        // <<<
        return result;
    }
}
