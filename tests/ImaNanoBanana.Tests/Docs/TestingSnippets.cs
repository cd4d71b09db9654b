using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;
using NSubstitute.ExceptionExtensions;

namespace ImaNanoBanana.Tests.Docs;

/// <summary>The C# of docs/testing.md, compiled and run. Each region between the marks is one fenced block, in order.</summary>
[SuppressMessage("Usage", "xUnit1051", Justification = "Shown as an app's tests would be written.")]
public class TestingSnippets
{
    [Fact]
    public async Task App_on_the_simulator()
    {
        // >>>
        var time = new FakeTimeProvider();
        var services = new ServiceCollection().AddSingleton<TimeProvider>(time);
        services.AddImaNanoBanana().UseSimulator();
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<IImaImageClient>();
        var simulator = provider.GetRequiredService<ImaSimulator>();

        var task = await client.SubmitAsync(new ImageRequest("a cute puppy on grass"));
        time.Advance(simulator.ProcessingTime);
        var result = await client.WaitForCompletionAsync(task);

        Assert.Single(result.Images);
        simulator.Ledger.ShouldHaveCharged(6);
        Assert.Empty(simulator.Violations);
        // <<<
    }

    [Fact]
    public async Task Script_on_the_simulator()
    {
        // >>>
        using var client = new ImaImageClient(
            new ImaNanoBananaOptions { ApiKey = "any-key" }, new ImaImageClientServices { PrimaryHandler = new ImaSimulator() });
        // <<<
        Assert.Equal(6, (await client.QuoteAsync(new ImageRequest("a cute puppy on grass"))).Credits);
    }

    [Fact]
    public async Task Lost_answer()
    {
        using var app = new SimulatedApp();
        var (client, simulator) = (app.Client, app.Simulator);

        // >>>
        simulator.Scenario.AcceptThenDrop();

        var exception = await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(new ImageRequest("a cute puppy on grass")));

        Assert.Equal((ImaErrorKind.OutcomeUnknown, ImaChargeStatus.Unknown), (exception.Kind, exception.ChargeStatus));
        simulator.Ledger.ShouldHaveCharged(6);
        Assert.Equal(["list", "create"], simulator.Requests.Select(request => request.Endpoint));
        // <<<
    }

    [Fact]
    public async Task Several_scenarios()
    {
        using var app = new SimulatedApp();
        var simulator = app.Simulator;
        var outcomes = new List<string>();

        // >>>
        simulator.Scenario.FailedImages(2).InsufficientCredits();

        await SubmitAsync(count: 3);
        await SubmitAsync(count: 3);
        await SubmitAsync(count: 3);

        Assert.Equal(["1 of 3", "InsufficientCredits", "3 of 3"], outcomes);
        simulator.Ledger.ShouldHaveCharged(36);
        // <<<

        async Task SubmitAsync(int count)
        {
            try
            {
                var result = await app.Client.GenerateAsync(new ImageRequest("a cute puppy on grass") { Count = count });
                outcomes.Add($"{result.Images.Count} of {count}");
            }
            catch (ImaException exception)
            {
                outcomes.Add($"{exception.Kind}");
            }
        }
    }

    // >>>
    internal sealed class ProductPhotos(IImaImageClient client)
    {
        public async Task<string> DrawAsync(string product)
        {
            try
            {
                var result = await client.GenerateAsync(new ImageRequest($"a photo of {product}"));
                return result.Image.Url.AbsoluteUri;
            }
            catch (ImaException exception) when (exception.ChargeStatus == ImaChargeStatus.Charged && exception.Task is not null)
            {
                return $"charged, resume later: {exception.Task.ToHandle()}";
            }
        }

        public async Task<List<int?>> FollowAsync(ImageTask task)
        {
            var percents = new List<int?>();
            await foreach (var progress in client.WatchAsync(task))
            {
                percents.Add(progress.Percent);
            }

            return percents;
        }
    }
    // <<<

    [Fact]
    public async Task App_gets_a_result()
    {
        // >>>
        var client = Substitute.For<IImaImageClient>();
        client.GenerateAsync(Arg.Any<ImageRequest>(), Arg.Any<CancellationToken>())
            .Returns(new ImageResult(new ImageTask("task_1"), [new GeneratedImage(new Uri("https://images.test/1.png"))]));

        Assert.Equal("https://images.test/1.png", await new ProductPhotos(client).DrawAsync("a red chair"));
        await client.Received(1).GenerateAsync(
            Arg.Is<ImageRequest>(request => request.Prompt == "a photo of a red chair"), Arg.Any<CancellationToken>());
        // <<<
    }

    [Fact]
    public async Task App_gets_an_error()
    {
        // >>>
        var client = Substitute.For<IImaImageClient>();
        client.GenerateAsync(Arg.Any<ImageRequest>(), Arg.Any<CancellationToken>())
            .ThrowsAsync(new ImaException(ImaErrorKind.TimedOut, "The time is over.") { Task = new ImageTask("task_1") });

        Assert.Equal("""charged, resume later: {"v":1,"id":"task_1"}""", await new ProductPhotos(client).DrawAsync("a red chair"));
        // <<<
    }

    [Fact]
    public async Task App_receives_the_progress()
    {
        // >>>
        var task = new ImageTask("task_1");
        var client = Substitute.For<IImaImageClient>();
        client.WatchAsync(task, Arg.Any<CancellationToken>()).Returns(_ => Steps());

        Assert.Equal([40, 100], await new ProductPhotos(client).FollowAsync(task));

        async IAsyncEnumerable<ImageProgress> Steps()
        {
            yield return new ImageProgress(ImageStage.Generating) { Task = task, Percent = 40 };
            await Task.Yield();
            var result = new ImageResult(task, [new GeneratedImage(new Uri("https://images.test/1.png"))]);
            yield return new ImageProgress(ImageStage.Completed) { Task = task, Percent = 100, Result = result };
        }
        // <<<
    }
}
