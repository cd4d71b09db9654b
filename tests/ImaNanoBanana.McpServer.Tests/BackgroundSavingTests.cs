using ImaNanoBanana.Mcp;
using ImaNanoBanana.Mcp.Answers;
using ImaNanoBanana.Mcp.Stores;
using ImaNanoBanana.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ImaNanoBanana.McpServer.Tests;

/// <summary>An image that arrives slowly is saved after its call has ended, and the next call returns the file.</summary>
public sealed class BackgroundSavingTests : IAsyncLifetime
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(20);

    private Shop _shop = null!;

    private ImaSimulator Service => _shop.Simulator;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _shop = await Shop.OpenAsync();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task A_slow_image_is_saved_in_the_background_and_its_path_is_in_the_next_answer()
    {
        var settings = new ServerSettings
        {
            SimulatorAddress = new Uri(_shop.Environment()["IMA_SIMULATOR"]!),
            Journal = Path.Combine(_shop.Folder, "journal"),
            SaveFolder = Path.Combine(_shop.Folder, "pictures"),
        };
        var clock = new FakeTimeProvider();
        using var images = new ImageService(
            settings, FileStore.Create(settings, TimeProvider.System, user: ""), TimeProvider.System, NullLogger.Instance);
        await using var saves = new SavedImages(images.SaveAsync);
        var delivery = new ImageDelivery(images, saves, settings, clock);
        var result = await images.Client.GenerateAsync(new ImageRequest("a puppy"), Cancellation);
        Service.Script("image", new SimulatedFault { Delay = Slow });

        var first = delivery.DeliverAsync(result, null, Cancellation);
        await _shop.Time.WaitForTimerAsync(Slow, Cancellation);
        clock.Advance(TimeSpan.FromSeconds(10));
        var waiting = (await first).Answer;

        Assert.Null(waiting.Images![0].Path);
        Assert.StartsWith("Still saving to ", Assert.Single(waiting.Warnings!), StringComparison.Ordinal);
        Assert.Contains("get_image_task with handle \"task_sim_000001\"", waiting.Warnings![0], StringComparison.Ordinal);

        _shop.Time.Advance(Slow);
        var saved = (await delivery.DeliverAsync(result, null, Cancellation)).Answer;

        Assert.Equal(Path.Combine(settings.SaveFolder, "task_sim_000001.png"), saved.Images![0].Path);
        Assert.True(File.Exists(saved.Images[0].Path));
        Assert.Single(Service.Requests, request => request.Endpoint == "image");
    }

    [Fact]
    public async Task Saving_ends_with_the_server_and_is_tried_again_after_an_error()
    {
        var (calls, first) = (0, new TaskCompletionSource<ImageDownload>());
        await using var saves = new SavedImages((_, _, ending) =>
        {
            calls++;
            return calls == 1 ? first.Task : Task.FromCanceled<ImageDownload>(new CancellationToken(canceled: true));
        });
        var image = new GeneratedImage(new Uri("https://example.com/1.png"));

        var one = saves.SaveAsync(image, "one", Cancellation);
        var same = saves.SaveAsync(image, "one", Cancellation);
        first.SetException(new IOException("gone"));
        await Assert.ThrowsAsync<IOException>(() => one);
        await Assert.ThrowsAsync<IOException>(() => same);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => saves.SaveAsync(image, "one", Cancellation));

        Assert.Equal(2, calls);
    }
}
