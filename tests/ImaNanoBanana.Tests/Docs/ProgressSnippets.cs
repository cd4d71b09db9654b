using ImaNanoBanana.Testing;

namespace ImaNanoBanana.Tests.Docs;

/// <summary>The C# of docs/progress.md, compiled and run.</summary>
public sealed class ProgressSnippets : IDisposable
{
    private const string TwoOfThree = """
        {"code":200,"data":{"medias":[{"resource_status":1,"url":"https://images.test/1.png"},
          {"resource_status":2,"error_msg":"blocked"},{"resource_status":1,"url":"https://images.test/3.png"}]}}
        """;

    private readonly SimulatedApp _app = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task Progress_page_runs_on_the_simulator()
    {
        var request = await StreamAsync(_app.Client, Token);
        await ReportAsync(_app.Client, request, Token);
        await WatchAsync(_app.Client, (await _app.Client.SubmitAsync(request, Token)).ToHandle(), Token);

        Assert.Equal(3, _app.Simulator.Charges.Count);
    }

    [Fact]
    public async Task Two_of_three_images_are_delivered()
    {
        _app.Simulator.Script("detail", new SimulatedFault { Status = 200, Body = TwoOfThree });

        Assert.Equal((2, 1), await SomeAsync(_app.Client, new ImageRequest("a puppy"), Token));
    }

    [Theory]
    [InlineData(ImageStage.Preparing, 0)]
    [InlineData(ImageStage.Submitting, 0)]
    [InlineData(ImageStage.Accepted, 1)]
    public async Task Leaving_the_stream_submits_nothing_until_it_is_accepted(ImageStage last, int submitted)
    {
        await foreach (var progress in _app.Client.GenerateStreamingAsync(new ImageRequest("a puppy"), Token))
        {
            if (progress.Stage == last)
            {
                break;
            }
        }

        Assert.Equal(submitted, _app.Simulator.Charges.Count);
    }

    [Fact]
    public async Task Cancelling_before_the_submission_was_sent_spends_nothing()
    {
        await StopAsync(_app.Client, new ImageRequest("a puppy"), new CancellationToken(canceled: true));

        Assert.Empty(_app.Simulator.Charges);
    }

    private static async Task<ImageRequest> StreamAsync(IImaImageClient client, CancellationToken cancellationToken)
    {
        // >>>
        var request = new ImageRequest("a cute puppy on grass");
        await foreach (var progress in client.GenerateStreamingAsync(request, cancellationToken))
        {
            Console.WriteLine($"{progress.Stage} {progress.Percent ?? 0}% after {progress.Elapsed.TotalSeconds:0} s");
            if (progress.Result is { } result)
            {
                Console.WriteLine(result.Image.Url);
            }
        }
        // <<<
        return request;
    }

    private static async Task ReportAsync(IImaImageClient client, ImageRequest request, CancellationToken cancellationToken)
    {
        // >>>
        var bar = new Progress<ImageProgress>(step => Console.WriteLine($"{step.Stage} {step.Percent}%"));
        var image = (await client.GenerateAsync(request, bar, cancellationToken)).Image;
        // <<<
        Assert.True(image.IsSecure);
    }

    private static async Task WatchAsync(IImaImageClient client, string handle, CancellationToken cancellationToken)
    {
        // >>>
        var task = ImageTask.FromHandle(handle);
        await foreach (var progress in client.WatchAsync(task, cancellationToken))
        {
            Console.WriteLine($"{progress.Percent}%, {progress.ReadyImages.Count} of {task.Count} ready");
        }
        // <<<
        Assert.Equal(1, task.Count);
    }

    private static async Task<(int Images, int Failures)> SomeAsync(
        IImaImageClient client, ImageRequest request, CancellationToken cancellationToken)
    {
        // >>>
        var several = await client.GenerateAsync(request with { Count = 3 }, cancellationToken);
        Console.WriteLine($"{several.Images.Count} images");
        foreach (var failure in several.Failures)
        {
            Console.WriteLine($"failed: {failure.Reason}");
        }
        // <<<
        return (several.Images.Count, several.Failures.Count);
    }

    private static async Task StopAsync(IImaImageClient client, ImageRequest request, CancellationToken cancellationToken)
    {
        // >>>
        try
        {
            await client.GenerateAsync(request, cancellationToken);
        }
        catch (ImageGenerationCanceledException exception)
        {
            Console.WriteLine($"charged: {exception.ChargeStatus}, task: {exception.Task?.ToHandle() ?? "none"}");
        }
        // <<<
    }
}
