using ImaNanoBanana.Journal;
using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Journal;

/// <summary>
/// A claim that is too slow, or fails after it was made, leaves its key free, so that submitting again is in fact safe.
/// </summary>
public sealed class FailedClaimTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    private static readonly ImageRequest Request = new("a puppy") { IdempotencyKey = "order-1" };

    private readonly TestTimeProvider _time = new();
    private readonly SpyJournal _journal;
    private readonly ScriptedHandler _handler = new();

    public FailedClaimTests() => _journal = new SpyJournal(new MemoryTaskJournal(_time));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _handler.Dispose();

    /// <summary>The journal makes the claim at once, and its answer arrives after the limit, a little before it or never.</summary>
    [Theory]
    [InlineData(14.9)]
    [InlineData(15)]
    [InlineData(15.1)]
    [InlineData(600)]
    public async Task Claim_that_takes_about_as_long_as_a_call_may(double seconds)
    {
        var slow = new SlowAnswers(_journal, _time, TimeSpan.FromSeconds(seconds));
        using var client = Client(slow);
        var one = client.SubmitAsync(Request, Token);
        await _time.RunAsync(one, Limit, Token);
        var error = one.IsFaulted ? (await Assert.ThrowsAsync<ImaException>(() => one)).Kind : (ImaErrorKind?)null;
        slow.Delay = TimeSpan.Zero;

        var again = client.SubmitAsync(Request, Token);
        await _time.RunAsync(again, Limit, Token);

        Assert.True(error is null or ImaErrorKind.NotSent, $"{error}");
        Assert.Equal("task_1", (await again).Id);
        Assert.Equal(1, _handler.Count("create"));
        Assert.True(seconds != 14.9 || error is null);
    }

    /// <summary>The answer to the claim is lost, as with a database whose connection broke.</summary>
    [Fact]
    public async Task Claim_whose_answer_is_lost_is_removed()
    {
        using var client = Client(_journal);
        var removed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _journal.After = name =>
            _ = name == "claim" ? throw new IOException("The connection broke") : name == "remove" && removed.TrySetResult();
        Assert.Equal(ImaErrorKind.NotSent, (await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(Request, Token))).Kind);
        await removed.Task.WaitAsync(Token);
        _journal.After = static _ => { };

        Assert.Empty(await FileTaskJournalTests.ListAsync(_journal));
        using var other = Client(_journal);
        Assert.Equal("task_1", (await other.SubmitAsync(Request, Token)).Id);
    }

    /// <summary>
    /// At first it cannot be removed. This process knows that the claim is void; others know it as soon as the journal works.
    /// </summary>
    [Theory]
    [InlineData("claim")]
    [InlineData("refused order")]
    public async Task Claim_that_cannot_be_removed_now_is_removed_later(string what)
    {
        _handler.With("create", (200, """{"code":4008}"""), (200, ScriptedHandler.Accepted));
        using var client = Client(_journal);
        _journal.Before = name => name == "remove" ? throw new IOException("The connection is down") : Task.CompletedTask;
        _journal.After = name => _ = name == "claim" && what == "claim" ? throw new IOException("The connection broke") : 0;
        await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(Request, Token));

        var whileDown = await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(Request, Token));
        Assert.Equal((ImaErrorKind.NotSent, ImaChargeStatus.NotCharged), (whileDown.Kind, whileDown.ChargeStatus));
        Assert.Single(await FileTaskJournalTests.ListAsync(_journal));
        var removed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _journal.Before = static _ => Task.CompletedTask;
        _journal.After = name => _ = name == "remove" && removed.TrySetResult();
        await _time.RunAsync(removed.Task, Limit, Token);

        Assert.Empty(await FileTaskJournalTests.ListAsync(_journal));
        Assert.Equal(what == "claim" ? 0 : 1, _handler.Count("create"));
    }

    private ImaImageClient Client(ITaskJournal journal) => TestClients.Create(
        new ImaNanoBananaOptions { ApiKey = "ima_test_key", RetrySubmissions = false, RequestsPerSecond = null },
        _handler,
        _time,
        journal: journal);

    /// <summary>Acts at once, reports it later, and ignores tokens.</summary>
    private sealed class SlowAnswers(ITaskJournal inner, TimeProvider time, TimeSpan delay) : FiveMemberJournal(inner), ITaskJournal
    {
        public TimeSpan Delay { get; set; } = delay;

        public override async Task<TaskJournalEntry?> ClaimAsync(TaskJournalEntry claim, CancellationToken cancellationToken = default)
        {
            var there = await Inner.ClaimAsync(claim, CancellationToken.None);
            await Task.Delay(Delay, time, CancellationToken.None);
            return there;
        }

        public Task<DateTimeOffset?> GetTimeAsync(CancellationToken cancellationToken = default) => Inner.GetTimeAsync(cancellationToken);
    }
}
