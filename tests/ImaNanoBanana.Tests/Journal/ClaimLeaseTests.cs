using ImaNanoBanana.Journal;
using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Journal;

/// <summary>A claim is valid as long as its process works on it, and it is checked before every further send.</summary>
public sealed class ClaimLeaseTests : IDisposable
{
    private const string Limited = """{"code":429}""";

    private static readonly ImageRequest Request = new("a puppy") { IdempotencyKey = "order-1" };

    private readonly TestTimeProvider _time = new();
    private readonly SpyJournal _journal;
    private readonly ScriptedHandler _handler = new();

    public ClaimLeaseTests() => _journal = new SpyJournal(new MemoryTaskJournal(_time));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _handler.Dispose();

    /// <summary>Two 429 answers with Retry-After 60 and a slow third one: another process waits and gets the same task.</summary>
    [Fact]
    public async Task Submission_that_takes_longer_than_one_answer_is_waited_for()
    {
        _handler.With(
            "create", new ScriptedAnswer(429, Limited, "60"), new ScriptedAnswer(429, Limited, "60"), (200, ScriptedHandler.Accepted));
        using var slow = new SlowHandler(_handler, _time, TimeSpan.FromSeconds(45));
        using var client = Client(slow);
        using var other = Client(new ScriptedHandler().With("create", (200, """{"code":200,"data":{"id":"task_2"}}""")));

        var start = _time.GetUtcNow();
        var one = client.SubmitAsync(Request, Token);
        await slow.Arrived.WaitAsync(Token);
        var two = other.SubmitAsync(Request, Token);
        await _time.RunAsync(Task.WhenAll(one, two), TimeSpan.FromSeconds(60), Token);

        Assert.Equal(("task_1", "task_1"), ((await one).Id, (await two).Id));
        Assert.True(_time.GetUtcNow() - start >= TimeSpan.FromSeconds(255), $"It took {_time.GetUtcNow() - start}.");
        Assert.Equal(0, _time.PendingTimers);
    }

    /// <summary>
    /// The owner removes the key while its submission waits for the second send, or another process has claimed it by then. Nothing
    /// more is sent.
    /// </summary>
    [Theory]
    [InlineData("removed")]
    [InlineData("taken")]
    [InlineData("adopted")]
    public async Task Submission_whose_claim_is_gone_is_not_sent_again(string how)
    {
        _handler.With("create", new ScriptedAnswer(429, Limited, "20"), (200, ScriptedHandler.Accepted));
        using var client = Client(_handler);
        using var elsewhere = new ScriptedHandler().With("create", (200, """{"code":200,"data":{"id":"task_2"}}"""));
        using var other = Client(elsewhere);

        var one = client.SubmitAsync(Request, Token);
        await _time.WaitForTimerAsync(TimeSpan.FromSeconds(20), Token);
        if (how == "adopted")
        {
            await _journal.AttachTaskAsync("order-1", "task_2", Token);
        }
        else
        {
            await _journal.RemoveAsync("order-1", Token);
        }

        var two = how == "taken" ? await other.SubmitAsync(Request, Token) : null;
        _journal.Calls.Clear();
        await _time.RunAsync(one, TimeSpan.FromSeconds(20), Token);

        var exception = await Assert.ThrowsAsync<ImaException>(() => one);
        Assert.Equal(
            (ImaErrorKind.NotSent, ImaChargeStatus.NotCharged, "order-1"),
            (exception.Kind, exception.ChargeStatus, exception.IdempotencyKey));
        Assert.Contains("was removed from the journal", exception.Message, StringComparison.Ordinal);
        Assert.Equal((1, how == "taken" ? 1 : 0), (_handler.Count("create"), elsewhere.Count("create")));
        Assert.Equal(how == "taken" ? "task_2" : null, two?.Id);
        Assert.Equal(how == "removed" ? null : "task_2", (await _journal.FindAsync("order-1", Token))?.Task?.Id);
        Assert.Equal(["renew", "find"], _journal.Calls);

        // The client knows that the key is not its own any more, and does not wait.
        var again = await client.SubmitAsync(Request, Token);
        Assert.Equal(how == "removed" ? ("task_1", 2) : ("task_2", 1), (again.Id, _handler.Count("create")));
    }

    /// <summary>A process that was suspended between its claim and its first send also checks again.</summary>
    [Fact]
    public async Task Submission_that_was_suspended_after_its_claim_is_not_sent_if_the_claim_is_gone()
    {
        // The clock jumps during the claim, as if the machine slept; meanwhile the owner removes the key.
        _journal.After = name => _time.Advance(name == "claim" ? TimeSpan.FromSeconds(10) : TimeSpan.Zero);
        _journal.Before = name => name == "renew" ? _journal.RemoveAsync("order-1", Token) : Task.CompletedTask;
        using var client = Client(_handler);

        Assert.Equal(ImaErrorKind.NotSent, (await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(Request, Token))).Kind);

        Assert.Equal(0, _handler.Count("create"));
    }

    /// <summary>It is unknown whether the claim still exists, so nothing more is sent.</summary>
    [Fact]
    public async Task Submission_whose_journal_fails_is_not_sent_again()
    {
        _handler.With("create", new ScriptedAnswer(429, Limited, "20"), (200, ScriptedHandler.Accepted));
        _journal.Before = name => name == "renew" ? throw new IOException("The disk is gone") : Task.CompletedTask;
        using var client = Client(_handler);

        var one = client.SubmitAsync(Request, Token);
        await _time.RunAsync(one, TimeSpan.FromSeconds(20), Token);

        Assert.Equal(ImaErrorKind.NotSent, (await Assert.ThrowsAsync<ImaException>(() => one)).Kind);
        Assert.Equal(1, _handler.Count("create"));
        Assert.Null(await _journal.FindAsync("order-1", Token));
    }

    /// <summary>
    /// The claim of a process that is gone is not renewed and counts as unknown after the longest time of one answer.
    /// </summary>
    [Fact]
    public async Task Claim_that_is_not_renewed_is_unknown()
    {
        await _journal.ClaimAsync(new TaskJournalEntry("order-1", "") { ClaimId = "gone", ClaimedAt = _time.GetUtcNow() }, Token);
        using var client = Client(_handler);
        var start = _time.GetUtcNow();

        var one = client.SubmitAsync(Request, Token);
        await _time.RunAsync(one, TimeSpan.FromSeconds(1), Token);

        Assert.Equal(ImaErrorKind.OutcomeUnknown, (await Assert.ThrowsAsync<ImaException>(() => one)).Kind);
        Assert.Equal(TimeSpan.FromSeconds(139), _time.GetUtcNow() - start);
    }

    /// <summary>How long others consider a claim alive, and when it is renewed within a minute, in seconds.</summary>
    [Theory]
    [InlineData(139, "30 60")]
    [InlineData(120, "30 60")]
    [InlineData(80, "20 40 60")]
    [InlineData(40, "10 20 30 40 50 60")]
    public async Task Claim_is_renewed_four_times_in_its_window_and_at_least_every_30_seconds(int window, string expected)
    {
        var renewed = new List<double>();
        await using var lease = Lease(TimeSpan.FromSeconds(window), _ => renewed.Add((_time.GetUtcNow() - _time.Start).TotalSeconds));

        await PassAsync(TimeSpan.FromSeconds(61));

        Assert.Equal(expected, string.Join(' ', renewed));
    }

    /// <summary>The milliseconds between the claim and its first check, and how often two checks ask the journal.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(4_999, 1)]
    [InlineData(5_000, 2)]
    public async Task Only_the_first_check_of_a_fresh_claim_needs_no_journal(int milliseconds, int asked)
    {
        var count = 0;
        await using var lease = Lease(TimeSpan.FromMinutes(2), _ => count++);
        _time.Advance(TimeSpan.FromMilliseconds(milliseconds));

        Assert.True(await lease.HoldsAsync(Token));
        Assert.True(await lease.HoldsAsync(Token));

        Assert.Equal(asked, count);
    }

    [Fact]
    public async Task Renewal_that_fails_is_repeated_and_one_that_finds_no_claim_is_the_last()
    {
        var answers = new Queue<Func<bool>>([() => throw new IOException("The disk is gone."), () => true, () => false]);
        var renewed = 0;
        await using var lease = new ClaimLease(
            FileTaskJournalTests.Entry("order-1"),
            _time.GetTimestamp(),
            TimeSpan.FromMinutes(2),
            (_, _, _) =>
            {
                renewed++;
                return Task.FromResult(answers.Dequeue()());
            },
            _time);

        await PassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal((3, 0), (renewed, _time.PendingTimers));
    }

    [Fact]
    public async Task Lease_that_has_ended_renews_nothing_and_frees_what_it_used()
    {
        var tokens = new List<CancellationToken>();
        var lease = Lease(TimeSpan.FromMinutes(2), tokens.Add);
        await PassAsync(TimeSpan.FromSeconds(31));
        await lease.DisposeAsync();
        await PassAsync(TimeSpan.FromMinutes(5));

        var token = Assert.Single(tokens);
        Assert.True(token.IsCancellationRequested, "A renewal in progress ends.");
        Assert.Throws<ObjectDisposedException>(() => token.WaitHandle);
    }

    private ClaimLease Lease(TimeSpan window, Action<CancellationToken> renewing) => new(
        FileTaskJournalTests.Entry("order-1"),
        _time.GetTimestamp(),
        window,
        (_, _, token) =>
        {
            renewing(token);
            return Task.FromResult(true);
        },
        _time);

    private Task PassAsync(TimeSpan length) => _time.RunAsync(Task.Delay(length, _time, Token), length, Token);

    private ImaImageClient Client(HttpMessageHandler handler) => TestClients.Create(
        new ImaNanoBananaOptions { ApiKey = "ima_test_key", RequestsPerSecond = null }, handler, _time, journal: _journal);

    /// <summary>Makes each create take some time.</summary>
    private sealed class SlowHandler(ScriptedHandler inner, TimeProvider time, TimeSpan delay) : DelegatingHandler(inner)
    {
        private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Arrived => _arrived.Task;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.AbsolutePath.EndsWith("/create", StringComparison.Ordinal))
            {
                _arrived.TrySetResult();
                await Task.Delay(delay, time, cancellationToken);
            }

            return await base.SendAsync(request, cancellationToken);
        }
    }
}
