using ImaNanoBanana.Journal;
using ImaNanoBanana.Tests.Client;
using ImaNanoBanana.Tests.Journal;

namespace ImaNanoBanana.Tests.Submitting;

/// <summary>How long a cancelled submission that is already sent still waits for its answer, and what is recorded of it.</summary>
public sealed class CancelledSubmissionTests : IDisposable
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(60);

    private readonly TestTimeProvider _time = new();
    private readonly HeldHandler _held = new(new ScriptedHandler());
    private readonly MemoryTaskJournal _journal;

    public CancelledSubmissionTests() => _journal = new MemoryTaskJournal(_time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _held.Dispose();

    /// <summary>The grace period, and once more the same time or 2 s, in case the process was suspended.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(3, 5)]
    [InlineData(15, 17)]
    public async Task Wait_for_the_answer_takes_the_grace_period_and_a_little_more(int grace, int seconds)
    {
        using var client = Client(grace);
        using var cancel = new CancellationTokenSource();
        var submit = client.SubmitAsync(new ImageRequest("a puppy"), cancel.Token);
        await _held.Arrived.WaitAsync(Token);

        await cancel.CancelAsync();
        await _time.RunAsync(submit, LongestDelay, Token);

        var exception = await Assert.ThrowsAsync<ImageGenerationCanceledException>(() => submit);
        Assert.Equal((ImaChargeStatus.Unknown, null), (exception.ChargeStatus, exception.Task));
        Assert.Equal(TimeSpan.FromSeconds(seconds), _time.GetUtcNow() - _time.Start);
    }

    [Fact]
    public async Task Answer_within_the_grace_period_is_in_the_cancellation()
    {
        using var client = Client(grace: 15);
        using var cancel = new CancellationTokenSource();
        var submit = client.SubmitAsync(new ImageRequest("a puppy"), cancel.Token);
        await _held.Arrived.WaitAsync(Token);
        await cancel.CancelAsync();
        await _time.WaitForTimerAsync(TimeSpan.FromSeconds(15), Token);

        _held.Release();

        var exception = await Assert.ThrowsAsync<ImageGenerationCanceledException>(() => submit);
        Assert.Equal((ImaChargeStatus.Charged, "task_1"), (exception.ChargeStatus, exception.Task?.Id));
    }

    /// <summary>Until the answer is known, the key stays claimed; then it has the task.</summary>
    [Fact]
    public async Task Late_answer_is_recorded()
    {
        using var client = Client(grace: 0);
        using var cancel = new CancellationTokenSource();
        var submit = client.SubmitAsync(new ImageRequest("a puppy") { IdempotencyKey = "order-1" }, cancel.Token);
        await _held.Arrived.WaitAsync(Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAsync<ImageGenerationCanceledException>(() => submit);
        Assert.Equal(TaskJournalState.Claimed, (await _journal.FindAsync("order-1", Token))!.State);

        _held.Release();
        var again = client.SubmitAsync(new ImageRequest("a puppy") { IdempotencyKey = "order-1" }, Token);
        await _time.RunAsync(again, LongestDelay, Token);

        Assert.Equal("task_1", (await again).Id);
        Assert.Equal(TaskJournalState.Accepted, (await _journal.FindAsync("order-1", Token))!.State);
    }

    private ImaImageClient Client(int grace) => TestClients.Create(
        new ImaNanoBananaOptions
        {
            ApiKey = "ima_test_key",
            CreateTimeout = TimeSpan.FromMinutes(5),
            CancellationGrace = TimeSpan.FromSeconds(grace),
        },
        _held,
        _time,
        journal: _journal);
}
