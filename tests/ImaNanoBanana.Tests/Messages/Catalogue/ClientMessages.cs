using ImaNanoBanana.Client;
using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Messages.Catalogue;

/// <summary>The messages for arguments that cannot be used, and for streams and batches that are used in a wrong way.</summary>
internal static class ClientMessages
{
    private static readonly ImageQuote HandMade = new()
    {
        TaskType = ImageTaskType.TextToImage,
        Model = ImageModel.NanoBanana2,
        ModelName = "Nano Banana 2",
        ModelVersion = "v1",
        Count = 1,
        CreditsPerImage = 6,
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<IEnumerable<CatalogueMessage>> AllAsync() =>
    [
        Message("task without an id", Record.Exception(() => CallArguments.Check(new ImageTask(" ")))),
        Message("quote that no client created", await QuoteAsync()),
        Message("client used after it was disposed", await DisposedAsync()),
        Message("stream of a submission read twice", await TwiceAsync(client => client.GenerateStreamingAsync(new("a puppy"), Token))),
        Message("stream of a batch read twice", await TwiceAsync(client => client.GenerateBatchAsync(Requests(), null, Token))),
        Message("stream moved twice at once", await Record.ExceptionAsync(MoveTwiceAsync)),
        Message("stream disposed while it moves", await Record.ExceptionAsync(DisposeWhileMovingAsync)),
        Message("batch: null request", (await OutcomesAsync([null!])).Single().Error),
        Message("batch: watch ended unexpectedly", (await OutcomesAsync(Requests())).Single().Error),
        Message("batch: MaxConcurrency", Record.Exception(() => new ImageBatchOptions { MaxConcurrency = 0 }.Check("options"))),
        Message(
            "batch: IdempotencyKeyPrefix",
            Record.Exception(() => new ImageBatchOptions { IdempotencyKeyPrefix = "" }.Check("options"))),
    ];

    private static async Task<Exception?> QuoteAsync()
    {
        using var client = TestClient.Create(new ScriptedHandler());
        return await Record.ExceptionAsync(() => client.SubmitAsync(HandMade, Token));
    }

    private static async Task<Exception?> DisposedAsync()
    {
        var client = TestClient.Create(new ScriptedHandler());
        client.Dispose();
        return await Record.ExceptionAsync(() => client.QuoteAsync(new("a puppy"), Token));
    }

    private static async Task<Exception?> TwiceAsync<T>(Func<IImaImageClient, IAsyncEnumerable<T>> open)
    {
        using var client = TestClient.Create(new ScriptedHandler());
        var stream = open(client);
        await stream.GetAsyncEnumerator(Token).DisposeAsync();
        return await Record.ExceptionAsync(() => stream.GetAsyncEnumerator(Token).DisposeAsync().AsTask());
    }

    private static async Task MoveTwiceAsync()
    {
        var items = new OneReaderEnumerator<int>(NeverAsync().GetAsyncEnumerator(Token));
        _ = items.MoveNextAsync().AsTask();
        await items.MoveNextAsync();
    }

    private static async Task DisposeWhileMovingAsync()
    {
        var items = new OneReaderEnumerator<int>(NeverAsync().GetAsyncEnumerator(Token));
        _ = items.MoveNextAsync().AsTask();
        await items.DisposeAsync();
    }

    private static async IAsyncEnumerable<int> NeverAsync()
    {
        await new TaskCompletionSource().Task;
        yield return 1;
    }

    private static IEnumerable<ImageRequest> Requests() => [new("a puppy") { IdempotencyKey = "key-1" }];

    /// <summary>The outcomes of a batch whose client fails, because of a bug, after the submission.</summary>
    private static async Task<IReadOnlyList<ImageOutcome>> OutcomesAsync(IEnumerable<ImageRequest> requests)
    {
        var outcomes = new List<ImageOutcome>();
        _ = await Record.ExceptionAsync(async () =>
        {
            await foreach (var outcome in new FakeClient((_, _) => FailingAsync()).GenerateBatchAsync(requests, null, Token))
            {
                outcomes.Add(outcome);
            }
        });
        return outcomes;
    }

    private static async IAsyncEnumerable<ImageProgress> FailingAsync()
    {
        yield return FakeClient.Accepted("task_1");
        await Task.Yield();
        throw new NotSupportedException("a bug");
    }

    private static CatalogueMessage Message(string name, Exception? exception) => CatalogueMessage.FromException("Client", name, exception);
}
