using ImaNanoBanana.Tests.Client;
using ImaNanoBanana.Tests.Journal;
using Microsoft.Extensions.Logging.Testing;

namespace ImaNanoBanana.Tests.Submitting;

/// <summary>
/// What a client asks of the ledger of an app, and what a ledger that fails does to a submission. The price is 6 credits.
/// </summary>
public sealed class CreditLedgerTests : IDisposable
{
    private const string MoreExpensiveList = """{"code":200,"data":[{"id":"flash-v1","type":"3","model_id":"gemini-3.1-flash-image","name":"Nano Banana 2","form_config":[{"field":"size","value":"1K"}],"credit_rules":[{"attribute_id":4401,"points":9,"attributes":{"size":"1K"}}]}]}""";

    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(20);
    private static readonly ImageRequest Request = new("a puppy") { IdempotencyKey = "order-1", MaxCredits = 100 };
    private static readonly CreditAccount Account = new("shop", 20);

    private readonly ScriptedHandler _handler = new();
    private readonly TestTimeProvider _time = new();
    private readonly FakeLogger _log = new();
    private readonly SpyLedger _ledger;

    public CreditLedgerTests() => _ledger = new SpyLedger(_time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private CreditUsage Usage => _ledger.Usage(Account);

    public void Dispose() => _handler.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Ledger_that_fails_before_the_create_sends_nothing(bool throws)
    {
        _ledger.Before = call => call.Method != "reserve" ? Task.CompletedTask
            : throws ? throw new IOException("The database is gone.") : Task.Delay(Timeout.Infinite, Token);
        using var client = Client();

        var error = await FailAsync(client.SubmitAsync(Request, Token));

        Assert.Equal(
            (ImaErrorKind.NotSent, ImaChargeStatus.NotCharged, ImaRetryGuidance.SubmitAgain, "order-1"),
            (error.Kind, error.ChargeStatus, error.RetryGuidance, error.IdempotencyKey));
        await AssertNothingIsLeftAsync(client);
    }

    [Fact]
    public async Task Reservation_that_succeeds_too_late_is_released()
    {
        var answer = new TaskCompletionSource();
        _ledger.Before = call => call.Method == "reserve" ? answer.Task : Task.CompletedTask;
        using var client = Client();

        await FailAsync(client.SubmitAsync(Request, Token));
        answer.SetResult();

        await WaitForReleasesAsync(1);
        await AssertNothingIsLeftAsync(client);
    }

    /// <summary>The database has committed, but its answer did not arrive.</summary>
    [Fact]
    public async Task Reservation_that_was_made_before_the_ledger_threw_is_released()
    {
        _ledger.After = call => call.Method == "reserve" ? throw new IOException("The connection was lost.") : Task.CompletedTask;
        using var client = Client();

        await FailAsync(client.SubmitAsync(Request, Token));

        await WaitForReleasesAsync(1);
        await AssertNothingIsLeftAsync(client);
    }

    /// <summary>What the ledger does when the caller cancels: it continues, or it throws another exception.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Caller_that_cancels_during_the_reservation_has_spent_nothing(bool throws)
    {
        using var cancel = new CancellationTokenSource();
        var (asked, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        _ledger.Before = call =>
        {
            asked.TrySetResult();
            if (call.Method == "reserve" && throws)
            {
                cancel.Cancel();
                throw new IOException("The query was cancelled.");
            }

            return call.Method == "reserve" ? answer.Task : Task.CompletedTask;
        };
        using var client = Client();

        var submit = client.SubmitAsync(Request, cancel.Token);
        await asked.Task.WaitAsync(Token);
        await cancel.CancelAsync();

        var error = await Assert.ThrowsAsync<ImageGenerationCanceledException>(() => submit);
        Assert.Equal((ImaChargeStatus.NotCharged, "order-1"), (error.ChargeStatus, error.IdempotencyKey));
        answer.TrySetResult();
        await WaitForReleasesAsync(1);
        await AssertNothingIsLeftAsync(client);
    }

    [Fact]
    public async Task Refused_reservation_names_the_credits_that_the_ledger_has_left()
    {
        await _ledger.TryReserveAsync(Account, new CreditLedgerEntry("other", "other", 16), Token);
        using var client = Client();

        var error = await FailAsync(client.SubmitAsync(Request, Token));

        Assert.Equal(
            (ImaErrorKind.BudgetExceeded, 4, 6, "order-1"),
            (error.Kind, error.AllowedCredits, error.RequiredCredits, error.IdempotencyKey));
        Assert.Equal((16, 0), (Usage.Reserved, _handler.Count("create")));
    }

    /// <summary>The refusal is certain, also if the ledger cannot say when credits are free again.</summary>
    [Theory]
    [InlineData(true, null)]
    [InlineData(false, 22)]
    public async Task Refused_reservation_names_the_time_that_the_ledger_knows(bool throws, int? hours)
    {
        var account = Account with { Period = TimeSpan.FromDays(1) };
        await _ledger.TryReserveAsync(account, new CreditLedgerEntry("other", "other", 16), Token);
        await _ledger.CommitAsync(account, new CreditLedgerEntry("other", "other", 16), Token);
        _time.Advance(TimeSpan.FromHours(2));
        _ledger.Before = call => call.Method == "free" && throws ? throw new IOException("The database is gone.") : Task.CompletedTask;
        using var client = Client(account: account);

        var error = await FailAsync(client.SubmitAsync(Request, Token));

        Assert.Equal(
            (ImaErrorKind.BudgetExceeded, 4, hours is { } count ? TimeSpan.FromHours(count) : null),
            (error.Kind, error.AllowedCredits, error.RetryAfter));
        Assert.Contains("free", _ledger.Methods);
    }

    [Fact]
    public async Task Reservation_has_the_id_of_the_claim_and_the_idempotency_key()
    {
        using var client = Client();

        await client.SubmitAsync(Request, Token);

        var claim = (await client.Journal.FindAsync("order-1", Token))!;
        Assert.Equal(["reserve", "commit"], _ledger.Methods);
        Assert.All(_ledger.Calls, call => Assert.Equal(new CreditLedgerEntry(claim.ClaimId, "order-1", 6), call.Entry));
        Assert.All(_ledger.Calls, call => Assert.Equal(Account, call.Account));
    }

    /// <summary>The outcome of the create and how it settles the reservation.</summary>
    [Theory]
    [InlineData(200, """{"code":200,"data":{"id":"task_1"}}""", "commit")]
    [InlineData(0, "", "commit")]
    [InlineData(502, "", "commit")]
    [InlineData(-1, "", "release")]
    [InlineData(200, """{"code":4008}""", "release")]
    [InlineData(401, "", "release")]
    public async Task Outcome_settles_the_reservation_once(int status, string body, string settled)
    {
        _handler.With("create", (status, body));
        using var client = Client();

        await _time.RunAsync(client.SubmitAsync(Request, Token), LongestDelay, Token);

        Assert.Equal(["reserve", settled], _ledger.Methods);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Task_is_delivered_although_the_ledger_does_not_commit(bool throws)
    {
        _ledger.Before = call => call.Method != "commit" ? Task.CompletedTask
            : throws ? throw new IOException("The database is gone.") : Task.Delay(Timeout.Infinite, Token);
        using var client = Client();

        var submit = client.SubmitAsync(Request, Token);
        await _time.RunAsync(submit, LongestDelay, Token);

        Assert.Equal(("task_1", false), ((await submit).Id, (await submit).JournalFailed));
        Assert.Equal(6, Usage.Reserved);
        var logged = Assert.Single(_log.Collector.GetSnapshot(), logged => logged.Id.Id == 8);
        Assert.Contains("order-1", logged.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changed_price_changes_the_reservation_under_the_same_id()
    {
        ExpectHigherPrice();
        using var client = Client();

        await client.SubmitAsync(Request, Token);

        Assert.Equal(["reserve", "reserve", "commit"], _ledger.Methods);
        Assert.Equal([6, 9, 9], _ledger.Calls.Select(call => call.Entry!.Credits));
        Assert.Single(_ledger.Calls.Select(call => call.Entry!.Id).Distinct());
        Assert.Equal((9, 0), (Usage.Spent, Usage.Reserved));
    }

    /// <summary>The ledger makes the change after the submission was given up and its reservation was released.</summary>
    [Fact]
    public async Task Change_that_succeeds_too_late_is_released()
    {
        ExpectHigherPrice();
        var answer = new TaskCompletionSource();
        _ledger.Before = call => call is { Method: "reserve", Entry.Credits: 9 } ? answer.Task : Task.CompletedTask;
        using var client = Client();

        var error = await FailAsync(client.SubmitAsync(Request, Token));
        answer.SetResult();

        Assert.Equal((ImaErrorKind.NotSent, 1), (error.Kind, _handler.Count("create")));
        await WaitForReleasesAsync(2);
        Assert.Equal((0, 0), (Usage.Spent, Usage.Reserved));
    }

    [Fact]
    public async Task Journal_that_counts_credits_rejects_the_claim()
    {
        var journal = new SpyJournal
        {
            Before = name => name == "claim"
                ? throw new ImaException(ImaErrorKind.BudgetExceeded, "Only 4 credits remain.") { AllowedCredits = 4 }
                : Task.CompletedTask,
        };
        using var client = Client(journal);

        var error = await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(Request, Token));

        Assert.Equal(
            (ImaErrorKind.BudgetExceeded, ImaChargeStatus.NotCharged, 4, "order-1"),
            (error.Kind, error.ChargeStatus, error.AllowedCredits, error.IdempotencyKey));
        Assert.Equal(["reserve", "release"], _ledger.Methods);
        await AssertNothingIsLeftAsync(client);
    }

    private void ExpectHigherPrice() => _handler
        .With("list", (200, $$"""{"code":200,"data":{{ScriptedHandler.Catalog}}}"""), (200, MoreExpensiveList))
        .With("create", (200, """{"code":6006}"""), (200, ScriptedHandler.Accepted));

    private async Task<ImaException> FailAsync(Task<ImageTask> submit)
    {
        await _time.RunAsync(submit, LongestDelay, Token);
        return await Assert.ThrowsAsync<ImaException>(() => submit);
    }

    private async Task WaitForReleasesAsync(int count)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        while (_ledger.Ended.Count(call => call.Method == "release") < count)
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private async Task AssertNothingIsLeftAsync(ImaImageClient client)
    {
        Assert.Equal((0, 0), (Usage.Spent, Usage.Reserved));
        Assert.Equal(0, _handler.Count("create"));
        Assert.Null(await client.Journal.FindAsync("order-1", Token));
    }

    private ImaImageClient Client(ITaskJournal? journal = null, CreditAccount? account = null) => TestClients.Create(
        new ImaNanoBananaOptions { ApiKey = "ima_test_key", RetrySubmissions = true, RequestsPerSecond = null },
        _handler,
        _time,
        _log,
        journal,
        new CreditBudget(_ledger, account ?? Account));
}
