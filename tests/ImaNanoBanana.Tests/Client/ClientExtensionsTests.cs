namespace ImaNanoBanana.Tests.Client;

public sealed class ClientExtensionsTests : IDisposable
{
    private readonly ScriptedHandler _handler = new();
    private readonly ImaImageClient _client;

    public ClientExtensionsTests() => _client = TestClient.Create(_handler);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _client.Dispose();
        _handler.Dispose();
    }

    [Fact]
    public async Task Progress_gets_every_item_of_the_stream()
    {
        var progress = new Reports();

        var result = await _client.GenerateAsync(new ImageRequest("a puppy"), progress, Token);

        Assert.Equal(
            [ImageStage.Preparing, ImageStage.Submitting, ImageStage.Accepted, ImageStage.Completed],
            progress.Items.Select(item => item.Stage));
        Assert.Same(result, progress.Items[^1].Result);
        Assert.Equal(result.Task, progress.Items[2].Task);
    }

    [Fact]
    public async Task Progress_that_throws_loses_no_image()
    {
        var result = await _client.GenerateAsync(new ImageRequest("a puppy"), new Reports { Throws = true }, Token);

        Assert.Single(result.Images);
    }

    [Fact]
    public async Task Bare_id_is_watched_without_percent()
    {
        var items = new List<ImageProgress>();
        await foreach (var item in _client.WatchAsync("task_9", Token))
        {
            items.Add(item);
        }

        var last = Assert.Single(items);
        Assert.Equal(("task_9", null, null), (last.Task!.Id, last.Task.Model, last.Credits));
        Assert.Equal("task_9", (await _client.WaitForCompletionAsync("task_9", Token)).Task.Id);
        Assert.All(_handler.Requests, request => Assert.Contains("task_9", request.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Missing_arguments_are_reported_by_name()
    {
        Assert.Throws<ArgumentNullException>("client", () => default(IImaImageClient)!.WatchAsync("task_1", Token));
        Assert.Throws<ArgumentNullException>("taskId", () => _client.WatchAsync((string)null!, Token));
        await Assert.ThrowsAsync<ArgumentNullException>("taskId", () => _client.WaitForCompletionAsync((string)null!, Token));
        await Assert.ThrowsAsync<ArgumentNullException>("progress", () => _client.GenerateAsync(new ImageRequest("a puppy"), null!, Token));
        await Assert.ThrowsAsync<ArgumentNullException>("request", () => _client.GenerateAsync(null!, new Reports(), Token));
        Assert.Equal(ImaErrorKind.InvalidRequest, Assert.Throws<ImaException>(() => _client.WatchAsync(" ", Token)).Kind);
    }

    private sealed class Reports : IProgress<ImageProgress>
    {
        public List<ImageProgress> Items { get; } = [];

        public bool Throws { get; init; }

        public void Report(ImageProgress value)
        {
            Items.Add(value);
            if (Throws)
            {
                throw new InvalidOperationException("The window is closed.");
            }
        }
    }
}
