using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Journal;
using ImaNanoBanana.Tests.Client;
using ImaNanoBanana.Watching;

namespace ImaNanoBanana.Tests.Journal;

/// <summary>
/// G2 and G6. A journal whose cancellation callback throws or blocks, as that of a database driver may, keeps neither a task nor a result
/// from the caller.
/// </summary>
public sealed class CancelledJournalTests : IDisposable
{
    private static readonly ImageRequest Request = new("a puppy") { IdempotencyKey = "order-1" };

    private readonly TestTimeProvider _time = new();
    [SuppressMessage("Usage", "CA2213", Justification = "A callback may still be waiting for it.")]
    private readonly ManualResetEventSlim _end = new();
    private readonly ScriptedHandler _handler = new();
    private readonly HeldHandler _held;
    private readonly CallbackJournal _journal;
    private readonly CreditBudget _budget;
    private readonly ImaImageClient _client;

    public CancelledJournalTests()
    {
        _held = new HeldHandler(_handler);
        _journal = new CallbackJournal(new MemoryTaskJournal(_time));
        _budget = new CreditBudget(100, timeProvider: _time);
        _client = TestClients.Create(TestClient.PatientOptions(), _held, _time, journal: _journal, budget: _budget);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _end.Set();
        _client.Dispose();
        _held.Dispose();
        _handler.Dispose();
    }

    /// <summary>The claim is being renewed when the answer to the create request arrives.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Accepted_task_is_delivered(bool blocks)
    {
        var submit = await SubmitDuringRenewalAsync(blocks);

        Assert.Equal("task_1", (await submit.WaitAsync(Token)).Id);
        Assert.Equal(TaskJournalState.Accepted, (await _journal.FindAsync("order-1", Token))?.State);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rejected_submission_leaves_its_key_and_its_credits_free(bool blocks)
    {
        _handler.With("create", (200, """{"code":4008}"""));

        var submit = await SubmitDuringRenewalAsync(blocks);
        var exception = await Assert.ThrowsAsync<ImaException>(() => submit.WaitAsync(Token));

        Assert.Equal(ImaErrorKind.InsufficientCredits, exception.Kind);
        Assert.Null(await _journal.FindAsync("order-1", Token));
        Assert.Equal(100, (await _budget.GetUsageAsync(Token)).Remaining);
    }

    /// <summary>The right to watch is being taken when the image is ready.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Result_is_delivered(bool blocks)
    {
        _handler.With("detail", (200, ScriptedHandler.Working), (200, ScriptedHandler.Done));
        var watching = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _journal.OnWatch = token => UntilCancelledAsync(blocks, watching, token);
        _held.Release();

        var generate = Task.Run(() => _client.GenerateAsync(Request, Token), Token);
        await watching.Task.WaitAsync(Token);
        await _time.RunAsync(generate, PollSchedule.Longest, Token);

        Assert.Equal("task_1", (await generate).Task.Id);
        Assert.Equal(TaskJournalState.Completed, (await _journal.FindAsync("order-1", Token))?.State);
    }

    private async Task<Task<ImageTask>> SubmitDuringRenewalAsync(bool blocks)
    {
        var renewing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _journal.OnRenew = token => UntilCancelledAsync(blocks, renewing, token);
        var submit = Task.Run(() => _client.SubmitAsync(Request, Token), Token);
        await _held.Arrived.WaitAsync(Token);
        await _time.WaitForTimerAsync(TimeSpan.FromSeconds(30), Token);
        _time.Advance(TimeSpan.FromSeconds(30));
        await renewing.Task.WaitAsync(Token);
        _held.Release();
        return submit;
    }

    /// <summary>A call that ends when it is cancelled, and whose other callback then throws or blocks.</summary>
    private async Task UntilCancelledAsync(bool blocks, TaskCompletionSource begun, CancellationToken cancellationToken)
    {
        var isRegistered = false;
        cancellationToken.Register(() =>
        {
            if (!blocks)
            {
                throw new InvalidOperationException("The driver cannot cancel.");
            }

            if (Volatile.Read(ref isRegistered))
            {
                _end.Wait(CancellationToken.None);
            }
        });
        Volatile.Write(ref isRegistered, true);
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(cancelled.SetResult);
        begun.TrySetResult();
        await cancelled.Task;
    }

    private sealed class CallbackJournal(ITaskJournal inner) : FiveMemberJournal(inner), ITaskJournal
    {
        public Func<CancellationToken, Task> OnRenew { get; set; } = static _ => Task.CompletedTask;

        public Func<CancellationToken, Task> OnWatch { get; set; } = static _ => Task.CompletedTask;

        public async Task<bool> RenewAsync(TaskJournalEntry claim, CancellationToken cancellationToken = default)
        {
            await OnRenew(cancellationToken);
            return true;
        }

        public async Task<bool> TryWatchAsync(
            TaskJournalEntry entry, string watcher, TimeSpan lease, CancellationToken cancellationToken = default)
        {
            if (lease > TimeSpan.Zero && (await FindAsync(entry.IdempotencyKey, CancellationToken.None))?.Task is not null)
            {
                await OnWatch(cancellationToken);
            }

            return true;
        }
    }
}
