using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests.Messages;

namespace ImaNanoBanana.Tests.Docs;

/// <summary>The C# of docs/messages.md, compiled and run: a chat, a crash, and the next process.</summary>
public sealed class MessagesSnippets : IDisposable
{
    private readonly StoryService _service = new(TimeSpan.FromSeconds(40));
    private readonly Chat _chat = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _service.Dispose();
        _chat.Dispose();
    }

    [Fact]
    public async Task Chat_gets_the_messages_and_the_image()
    {
        await RunAsync(TryWriteAsync(new OnManualTime(_service), _chat, "a cute puppy on grass", "message-1", Token));

        var shown = MarkdownPage.Read("docs/messages.md").Blocks.First(block => block.Language == "text").Text;
        Assert.Equal(Timeless(shown), Timeless(string.Join("\n\n", _chat.Texts)));
        Assert.EndsWith("/1.png", Assert.Single(_chat.Media).AbsolutePath, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_about_a_saved_task_continue_without_another_charge()
    {
        var store = new Store();
        var client = new OnManualTime(_service);
        using var crash = new CancellationTokenSource();
        _chat.Crash = crash;
        var request = new ImageRequest("a cute puppy on grass");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => RunAsync(KeptAsync(client, _chat, store, request, "message-1", crash.Token)));
        _chat.Crash = null;

        // A Progress reports on the thread pool.
        await store.Kept.WaitAsync(Token);

        await RunAsync(ReportedOnAsync(client, _chat, store, "message-1", Token));

        Assert.StartsWith("✅ Image ready!", _chat.Texts[^1], StringComparison.Ordinal);
        Assert.Single(_service.Simulator.Charges);
    }

    private static async Task TryWriteAsync(
        OnManualTime client, Chat chat, string prompt, string chatMessageId, CancellationToken cancellationToken)
    {
        // >>>
        var request = new ImageRequest(prompt) { IdempotencyKey = chatMessageId };
        await foreach (var message in client.StreamMessagesAsync(request, ImaLanguage.Chinese, cancellationToken: cancellationToken))
        {
            await chat.PushAsync(message.Text, [.. message.Images.Select(image => image.Url)], cancellationToken);
        }
        // <<<
    }

    private static async Task KeptAsync(
        OnManualTime client, Chat chat, Store store, ImageRequest request, string chatMessageId, CancellationToken cancellationToken)
    {
        // >>>
        var submitted = new Progress<ImageProgress>(item => store.Keep(chatMessageId, item.Task!.ToHandle()));
        await foreach (
            var message in client.StreamMessagesAsync(request, ImaLanguage.English, submitted, cancellationToken: cancellationToken))
        {
            await chat.PushAsync(message.Text, [.. message.Images.Select(image => image.Url)], cancellationToken);
        }
        // <<<
    }

    private static async Task ReportedOnAsync(
        OnManualTime client, Chat chat, Store store, string chatMessageId, CancellationToken cancellationToken)
    {
        // >>>
        var task = ImageTask.FromHandle(store.Find(chatMessageId));
        await foreach (var message in client.StreamMessagesAsync(task, ImaLanguage.English, cancellationToken: cancellationToken))
        {
            await chat.PushAsync(message.Text, [.. message.Images.Select(image => image.Url)], cancellationToken);
        }
        // <<<
    }

    private static string Timeless(string text) => System.Text.RegularExpressions.Regex.Replace(text, "实际 4[0-9]s", "实际 Ns");

    private async Task RunAsync(Task work)
    {
        await _service.Time.RunAsync(work, TimeSpan.FromSeconds(31), Token);
        await work;
    }

    /// <summary>The client as an app has it; only the clock belongs to the test.</summary>
    private sealed class OnManualTime(StoryService service)
    {
        public IAsyncEnumerable<ImageMessage> StreamMessagesAsync(
            ImageRequest request,
            ImaLanguage language,
            IProgress<ImageProgress>? progress = null,
            CancellationToken cancellationToken = default) =>
            service.Client.StreamMessagesAsync(request, language, progress, service.Time, cancellationToken);

        public IAsyncEnumerable<ImageMessage> StreamMessagesAsync(
            ImageTask task, ImaLanguage language, CancellationToken cancellationToken = default) =>
            service.Client.StreamMessagesAsync(task, language, null, service.Time, cancellationToken);
    }

    private sealed class Chat : IDisposable
    {
        public List<string> Texts { get; } = [];

        public List<Uri> Media { get; } = [];

        public CancellationTokenSource? Crash { get; set; }

        public void Dispose() => Crash?.Dispose();

        public async Task PushAsync(string text, IReadOnlyList<Uri> media, CancellationToken cancellationToken)
        {
            Texts.Add(text);
            Media.AddRange(media);
            if (Crash is not null && text.StartsWith('⏳'))
            {
                await Crash.CancelAsync();
            }

            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private sealed class Store
    {
        private readonly System.Collections.Concurrent.ConcurrentDictionary<string, string> _handles = new();
        private readonly TaskCompletionSource _kept = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Kept => _kept.Task;

        public void Keep(string id, string handle)
        {
            _handles[id] = handle;
            _kept.TrySetResult();
        }

        public string Find(string id) => _handles[id];
    }
}
