using ImaNanoBanana.Journal;
using Microsoft.Extensions.Logging.Testing;

namespace ImaNanoBanana.Tests.Journal;

/// <summary>Each call of a journal has a time limit. What its token says, where it runs and what its failure means.</summary>
public class JournalCallsTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    private readonly TestTimeProvider _time = new();
    private readonly JournalCalls _calls;

    public JournalCallsTests() => _calls = new JournalCalls(mayBlock: false, _time, new FakeLogger());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The journals of the SDK never block: a switch of threads for each of their calls would only cost time.</summary>
    [Fact]
    public async Task Journal_that_never_blocks_is_called_on_the_thread_of_its_caller()
    {
        int? thread = null;
        var call = _calls.ReadAsync(
            "order-1",
            _ =>
            {
                thread = Environment.CurrentManagedThreadId;
                return Task.FromResult(1);
            },
            Token);
        Assert.Equal(Environment.CurrentManagedThreadId, thread);

        Assert.Equal(1, await call);
    }

    /// <summary>Otherwise, what the journal still writes could follow what is written next.</summary>
    [Fact]
    public async Task Call_that_must_reach_its_end_is_cancelled_by_its_caller_alone()
    {
        var (given, slow) = (new List<CancellationToken>(), new TaskCompletionSource<int>());
        using var cancel = new CancellationTokenSource();
        var call = _calls.ReadAsync(
            "order-1",
            token =>
            {
                given.Add(token);
                return slow.Task;
            },
            cancel.Token,
            toItsEnd: true);
        await cancel.CancelAsync();

        Assert.Equal([cancel.Token], given);
        Assert.False(call.IsCompleted, "The journal is still busy.");
        slow.SetResult(1);
        Assert.Equal(1, await call);
    }

    [Fact]
    public async Task Call_that_takes_too_long_is_cancelled_and_its_error_says_so()
    {
        var given = new List<CancellationToken>();
        using var cancel = new CancellationTokenSource();
        var call = _calls.ReadAsync(
            "order-1",
            token =>
            {
                given.Add(token);
                return new TaskCompletionSource<int>().Task;
            },
            cancel.Token);
        Assert.False(given[0].IsCancellationRequested);

        _time.Advance(Limit);

        var error = await Assert.ThrowsAsync<ImaException>(() => call);
        Assert.Equal((ImaErrorKind.NotSent, "order-1"), (error.Kind, error.IdempotencyKey));
        Assert.Contains("(It did not respond within 15 s)", error.Message, StringComparison.Ordinal);
        Assert.True(given[0].IsCancellationRequested, "The journal can stop.");
        Assert.False(cancel.IsCancellationRequested);
    }

    /// <summary>The kind of the journal's own exception, what it means, and whether the exception itself is thrown.</summary>
    [Theory]
    [InlineData(ImaErrorKind.BudgetExceeded, ImaErrorKind.BudgetExceeded, true)]
    [InlineData(ImaErrorKind.InvalidRequest, ImaErrorKind.NotSent, false)]
    [InlineData(null, ImaErrorKind.NotSent, false)]
    public async Task Error_of_a_journal_belongs_to_the_key(ImaErrorKind? thrown, ImaErrorKind kind, bool isSame)
    {
        Exception cause = thrown is { } own ? new ImaException(own, "No.") : new IOException("No.");

        var error = await Assert.ThrowsAsync<ImaException>(
            () => _calls.ReadAsync("order-1", _ => Task.FromException<int>(cause), Token));

        Assert.Equal((kind, "order-1", isSame), (error.Kind, error.IdempotencyKey, ReferenceEquals(cause, error)));
    }

    [Fact]
    public async Task List_that_is_cancelled_carries_the_token_of_its_caller()
    {
        using var cancel = new CancellationTokenSource();
        var list = JournalListing.ReadAsync(_ => new TaskCompletionSource<int>().Task, _time, cancel.Token);

        await cancel.CancelAsync();

        var error = await Assert.ThrowsAsync<OperationCanceledException>(() => list);
        Assert.Equal(cancel.Token, error.CancellationToken);
    }

    [Fact]
    public async Task List_that_takes_longer_than_two_minutes_is_an_error_of_the_journal()
    {
        var list = JournalListing.ReadAsync(_ => new TaskCompletionSource<int>().Task, _time, Token);
        _time.Advance(TimeSpan.FromMinutes(2) - TimeSpan.FromTicks(1));
        Assert.False(list.IsCompleted);

        _time.Advance(TimeSpan.FromTicks(1));

        var error = await Assert.ThrowsAsync<IOException>(() => list);
        Assert.Equal("The journal could not be listed within 120 s.", error.Message);
    }
}
