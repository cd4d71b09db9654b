using ImaNanoBanana.Journal;
using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Journal;

/// <summary>G2. A renewal that is in flight when the task becomes known does not overwrite the task with the claim.</summary>
public sealed class LateRenewalTests : IDisposable
{
    private readonly TestTimeProvider _time = new();
    private readonly ScriptedHandler _handler = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _handler.Dispose();

    [Theory]
    [InlineData("""{"code":200,"data":{"id":"task_1"}}""", TaskJournalState.Accepted)]
    [InlineData("""{"code":400,"data":{"id":"task_1"}}""", TaskJournalState.Unknown)]
    public async Task Outcome_of_the_submission_stays_recorded(string answer, TaskJournalState state)
    {
        var inner = new MemoryTaskJournal(_time);
        var journal = new SlowJournal(inner);
        _handler.With("create", (200, answer));
        using var held = new HeldHandler(_handler);
        using var client = TestClients.Create(TestClient.PatientOptions(), held, _time, journal: journal);

        var submission = client.SubmitAsync(new ImageRequest("a puppy") { IdempotencyKey = "order-1" }, Token);
        await held.Arrived.WaitAsync(Token);
        await _time.WaitForTimerAsync(TimeSpan.FromSeconds(30), Token);
        _time.Advance(TimeSpan.FromSeconds(30));
        await journal.Renewing.WaitAsync(Token);
        held.Release();
        for (var turn = 0; turn < 10; turn++)
        {
            await BatchShop.SettleAsync();
        }

        journal.GoOn();
        await Task.WhenAny(submission);
        await journal.Renewed.WaitAsync(Token);

        var entry = await inner.FindAsync("order-1", Token);
        Assert.Equal((state, "task_1"), (entry!.State, entry.Task?.Id));
    }

    /// <summary>
    /// An app's own journal with only the required members of the interface, which ignores its token and is slow when a claim is written
    /// again.
    /// </summary>
    private sealed class SlowJournal(ITaskJournal inner) : FiveMemberJournal(inner), ITaskJournal
    {
        private readonly TaskCompletionSource _renewing = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _renewed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Renewing => _renewing.Task;

        public Task Renewed => _renewed.Task;

        public void GoOn() => _goOn.TrySetResult();

        public override async Task<bool> UpdateAsync(TaskJournalEntry entry, CancellationToken cancellationToken = default)
        {
            if (entry.State != TaskJournalState.Claimed)
            {
                return await Inner.UpdateAsync(entry, CancellationToken.None);
            }

            _renewing.TrySetResult();
            await _goOn.Task;
            var isThere = await Inner.UpdateAsync(entry, CancellationToken.None);
            _renewed.TrySetResult();
            return isThere;
        }
    }
}
