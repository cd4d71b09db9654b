using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using ImaNanoBanana.Client;
using ImaNanoBanana.Testing;

namespace ImaNanoBanana.Tests.Client;

/// <summary>G6. A source of requests that waits for its next one and ignores its token does not block the caller.</summary>
public sealed class UnresponsiveSourceTests : IDisposable
{
    private readonly BatchShop _shop = new();
    private readonly TestTimeProvider _time = new();
    [SuppressMessage("Usage", "CA2213", Justification = "A thread may still be waking up from it.")]
    private readonly ManualResetEventSlim _queue = new();
    private readonly TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _queue.Set();
        _next.TrySetResult();
        _shop.Dispose();
    }

    /// <summary>The caller leaves after the first image; the source waits for a second request that never comes.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Leaving_does_not_wait_for_the_source(bool blocks)
    {
        _shop.Gate.Answer(2);
        var reader = Run(blocks, Token).GetAsyncEnumerator(Token);
        var first = reader.MoveNextAsync().AsTask();
        await _shop.RunAsync(() => first);

        var leaving = reader.DisposeAsync().AsTask();
        await _time.WaitForTimerAsync(ImageBatch.SourceGrace, Token).WaitAsync(Token);
        _time.Advance(ImageBatch.SourceGrace);

        await leaving.WaitAsync(Token);
        Assert.Single(_shop.Simulator.Charges);
    }

    /// <summary>A request that the source returns after that is not submitted.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancelling_does_not_wait_for_the_source(bool blocks)
    {
        using var cancel = new CancellationTokenSource();
        _shop.Gate.Answer(2);
        var outcomes = new List<ImageOutcome>();
        var read = BatchShop.ReadAsync(Run(blocks, cancel.Token), outcomes);
        await _shop.Time.RunAsync(BatchShop.UntilAsync(() => outcomes.Count == 1), TimeSpan.FromSeconds(15), Token);

        await cancel.CancelAsync();
        await _time.WaitForTimerAsync(ImageBatch.SourceGrace, Token).WaitAsync(Token);
        _time.Advance(ImageBatch.SourceGrace);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read.WaitAsync(Token));
        _queue.Set();
        _next.TrySetResult();
        await BatchShop.SettleAsync();
        Assert.Single(_shop.Simulator.Charges);
    }

    private IAsyncEnumerable<ImageOutcome> Run(bool blocks, CancellationToken cancellationToken) =>
        ImageBatch.RunAsync(_shop.Client, SourceAsync(blocks), BatchShop.AtOnce(4), _time, cancellationToken);

    private async IAsyncEnumerable<ImageRequest?> SourceAsync(bool blocks)
    {
        yield return new ImageRequest("one");
        if (blocks)
        {
            _queue.Wait(CancellationToken.None);
        }
        else
        {
            await _next.Task.WaitAsync(CancellationToken.None);
        }

        yield return new ImageRequest("two");
    }
}
