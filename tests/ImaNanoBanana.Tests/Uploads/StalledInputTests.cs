using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Uploads;

/// <summary>
/// A caller's stream that returns nothing is given up after <c>TransferStallTimeout</c>, however it reacts to its token.
/// </summary>
public class StalledInputTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Stalled_stream_is_given_up(bool canSeek, bool isUnresponsive)
    {
        var time = new TestTimeProvider();
        using var handler = new ScriptedHandler();
        using var client = TestClient.Create(handler, time);
        using var stream = new StallingStream(canSeek, isUnresponsive);

        var start = client.SubmitAsync(new ImageRequest("make it red") { Images = [ImageInput.FromStream(stream)] }, Token);
        await stream.Stalled;
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(start.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));

        var exception = await Assert.ThrowsAsync<ImaException>(() => start);
        Assert.Equal(ImaInvalidRequestReason.Images, exception.InvalidRequestReason);
        Assert.Contains("no progress for 30 s", exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, handler.Count("create"));
    }

    [Fact]
    public async Task Callers_token_ends_the_wait_for_an_unresponsive_stream()
    {
        using var handler = new ScriptedHandler();
        using var client = TestClient.Create(handler);
        using var stream = new StallingStream(canSeek: false, isUnresponsive: true);
        using var cancel = new CancellationTokenSource();

        var start = client.SubmitAsync(new ImageRequest("make it red") { Images = [ImageInput.FromStream(stream)] }, cancel.Token);
        await stream.Stalled;
        await cancel.CancelAsync();

        Assert.Equal(ImaChargeStatus.NotCharged, (await Assert.ThrowsAsync<ImageGenerationCanceledException>(() => start)).ChargeStatus);
    }

    /// <summary>Every part has its own time: a slow stream is not a stalled one.</summary>
    [Fact]
    public async Task Slow_stream_is_read_to_its_end()
    {
        var time = new TestTimeProvider();
        using var handler = new ScriptedHandler();
        using var client = TestClient.Create(handler, time);
        using var stream = new SlowStream([0xFF, 0xD8, 0xFF, 0xE0, .. new byte[16]], TimeSpan.FromSeconds(20), time);

        var start = client.SubmitAsync(new ImageRequest("make it red") { Images = [ImageInput.FromStream(stream)] }, Token);
        await time.RunAsync(start, TimeSpan.FromSeconds(25), Token);

        Assert.Equal("task_1", (await start).Id);
    }

    private sealed class StallingStream(bool canSeek, bool isUnresponsive) : MemoryStream([0xFF, 0xD8, 0xFF, 0xE0])
    {
        private readonly TaskCompletionSource _stalled = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Stalled => _stalled.Task;

        public override bool CanSeek => canSeek;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _stalled.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, isUnresponsive ? CancellationToken.None : cancellationToken);
            return 0;
        }
    }

    private sealed class SlowStream(byte[] bytes, TimeSpan pause, TimeProvider time) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(pause, time, cancellationToken);
            return await base.ReadAsync(buffer[..Math.Min(5, buffer.Length)], cancellationToken);
        }
    }
}
