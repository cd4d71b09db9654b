using ImaNanoBanana.Journal;
using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Journal;

/// <summary>Two callers with one key: which one waits for the other, for how long, and what they get.</summary>
public sealed class SameKeyTests : IDisposable
{
    private readonly TestTimeProvider _time = new();
    private readonly MemoryTaskJournal _journal;
    private readonly ScriptedHandler _handler = new();

    public SameKeyTests() => _journal = new MemoryTaskJournal(_time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private static ImageRequest Request => new("a puppy") { IdempotencyKey = "order-1" };

    public void Dispose() => _handler.Dispose();

    /// <summary>Two calls with one key at the same moment: the second waits for the first.</summary>
    [Theory]
    [InlineData(200, """{"code":200,"data":{"id":"task_1"}}""", "task_1", 1)]
    [InlineData(200, """{"code":4008}""", "task_2", 2)]
    [InlineData(200, "{}", "OutcomeUnknown", 1)]
    public async Task Second_call_waits_for_the_outcome_of_the_first(int status, string body, string second, int creates)
    {
        _handler.With("create", (status, body), (200, """{"code":200,"data":{"id":"task_2"}}"""));
        using var held = new HeldHandler(_handler);
        using var client = Client(held);
        var one = client.SubmitAsync(Request, Token);
        await held.Arrived.WaitAsync(Token);

        var other = client.SubmitAsync(Request, Token);
        await _time.WaitForTimerAsync(TimeSpan.FromMilliseconds(250), Token);
        Assert.False(other.IsCompleted);
        held.Release();
        await one.ContinueWith(static _ => { }, Token, TaskContinuationOptions.None, TaskScheduler.Default);
        await _time.RunAsync(other, TimeSpan.FromSeconds(1), Token);

        Assert.Equal(second, other.IsFaulted ? (await Assert.ThrowsAsync<ImaException>(() => other)).Kind.ToString() : (await other).Id);
        Assert.Equal(creates, _handler.Count("create"));
    }

    /// <summary>Seconds until now since the claim of a process that is gone; its submission can be in flight for at most 139 s.</summary>
    [Theory]
    [InlineData(0, 139)]
    [InlineData(-100, 39)]
    [InlineData(-139, 0)]
    [InlineData(86_400, 139)]
    public async Task Claim_of_a_process_that_is_gone_becomes_unknown(int claimedIn, int seconds)
    {
        using ImaImageClient gone = Client(_handler), client = Client(_handler);
        var start = _time.GetUtcNow();
        await gone.SubmitAsync(Request, Token);
        var entry = (await _journal.FindAsync("order-1", Token))!;
        await _journal.UpdateAsync(
            entry with { State = TaskJournalState.Claimed, ClaimedAt = start.AddSeconds(claimedIn), Task = null }, Token);

        var again = client.SubmitAsync(Request, Token);
        await _time.RunAsync(again, TimeSpan.FromSeconds(1), Token);

        Assert.Equal(ImaErrorKind.OutcomeUnknown, (await Assert.ThrowsAsync<ImaException>(() => again)).Kind);
        Assert.Equal(TimeSpan.FromSeconds(seconds), _time.GetUtcNow() - start);
        Assert.Equal(1, _handler.Count("create"));
    }

    [Fact]
    public async Task Cancelling_while_waiting_for_another_call_reports_that_credits_may_have_been_spent()
    {
        using var held = new HeldHandler(_handler);
        using var client = Client(held);
        var one = client.SubmitAsync(Request, Token);
        await held.Arrived.WaitAsync(Token);
        using var cancel = new CancellationTokenSource();
        var other = client.SubmitAsync(Request, cancel.Token);
        await _time.WaitForTimerAsync(TimeSpan.FromMilliseconds(250), Token);
        await cancel.CancelAsync();

        var exception = await Assert.ThrowsAsync<ImageGenerationCanceledException>(() => other);
        held.Release();
        await one;

        Assert.Equal((ImaChargeStatus.Unknown, "order-1"), (exception.ChargeStatus, exception.IdempotencyKey));
    }

    private ImaImageClient Client(HttpMessageHandler handler) => TestClients.Create(
        new ImaNanoBananaOptions { ApiKey = "ima_test_key", RetrySubmissions = false }, handler, _time, journal: _journal);
}
