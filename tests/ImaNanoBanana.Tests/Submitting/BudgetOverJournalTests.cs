using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests.Client;
using ImaNanoBanana.Tests.Journal;

namespace ImaNanoBanana.Tests.Submitting;

/// <summary>
/// After a restart, a budget continues from the journal's record of what was spent. The scripted price is 6 credits.
/// </summary>
public sealed class BudgetOverJournalTests : IDisposable
{
    private static readonly ImageRequest Request = new("a puppy");
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private readonly ScriptedHandler _handler = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _handler.Dispose();
        TestFolder.Delete(new DirectoryInfo(_folder));
    }

    /// <summary>The outcomes of the previous process's submissions, and what is left of 12 credits a day after them.</summary>
    [Theory]
    [InlineData("start", 6)]
    [InlineData("generate", 6)]
    [InlineData("unknown", 6)]
    [InlineData("failed", 6)]
    [InlineData("refused", 12)]
    public async Task Restart_counts_what_was_charged(string what, int left)
    {
        _ = what switch
        {
            "unknown" => _handler.With("create", (0, ""), (200, ScriptedHandler.Accepted)),
            "refused" => _handler.With("create", (200, """{"code":4008}"""), (200, ScriptedHandler.Accepted)),
            "failed" => _handler.With("detail", (200, """{"code":200,"data":{"medias":[{"resource_status":2}]}}""")),
            _ => _handler,
        };
        using (var before = Client(new CreditBudget(12, Day)))
        {
            _ = await Record.ExceptionAsync(
                () => what == "start" ? before.SubmitAsync(Request, Token) : before.GenerateAsync(Request, Token));
        }

        var budget = new CreditBudget(12, Day);
        using var client = Client(budget);
        for (var fits = left; fits > 0; fits -= 6)
        {
            await client.SubmitAsync(Request, Token);
        }

        var exception = await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(Request, Token));
        Assert.Equal((ImaErrorKind.BudgetExceeded, 0), (exception.Kind, exception.AllowedCredits));
        Assert.Equal((12, 0), (budget.Usage.Spent, budget.Usage.Reserved));
    }

    /// <summary>
    /// A clock that is hours ahead does not make the submissions of others old. Credits of submissions that are old by the journal's
    /// clock are released.
    /// </summary>
    [Theory]
    [InlineData(48, 0, 6)]
    [InlineData(0, 23, 6)]
    [InlineData(0, 25, 0)]
    [InlineData(-48, 25, 0)]
    public async Task Age_is_measured_by_the_clock_of_the_journal(int hoursAhead, int hoursAgo, int spent)
    {
        var journal = new FileTaskJournal(_folder);
        var at = (await journal.GetTimeAsync(Token))!.Value.AddHours(-hoursAgo);
        await journal.ClaimAsync(
            new TaskJournalEntry("old", "AA")
            {
                ClaimId = "old",
                ClaimedAt = at,
                Submitted = new ImageTask("task_0") { CreditsPerImage = 6 },
                State = TaskJournalState.Accepted,
            },
            Token);
        var time = new TestTimeProvider(TimeProvider.System.GetUtcNow().AddHours(hoursAhead));
        var budget = new CreditBudget(100, Day, time);
        using var client = Client(budget, time);

        await client.SubmitAsync(Request, Token);

        Assert.Equal(spent + 6, budget.Usage.Spent);
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(hoursAgo == 23 ? 6 : spent + 6, budget.Usage.Spent);
        time.Advance(Day);
        Assert.Equal(0, budget.Usage.Spent);
    }

    /// <summary>
    /// A charge that a budget has already counted is not counted again, whatever client and journal object it is used with.
    /// </summary>
    [Fact]
    public async Task Nothing_is_counted_twice()
    {
        var budget = new CreditBudget(18, Day);
        for (var client = 0; client < 3; client++)
        {
            using var next = Client(budget);
            await next.SubmitAsync(Request, Token);
        }

        Assert.Equal((18, 0), (budget.Usage.Spent, budget.Usage.Reserved));
        using var last = Client(budget);
        Assert.Equal(ImaErrorKind.BudgetExceeded, (await Assert.ThrowsAsync<ImaException>(() => last.SubmitAsync(Request, Token))).Kind);
    }

    /// <summary>Concurrent submissions wait for the same count.</summary>
    [Fact]
    public async Task Concurrent_first_submissions_count_once_and_all_wait_for_it()
    {
        using (var before = Client(new CreditBudget(12)))
        {
            await before.SubmitAsync(Request, Token);
        }

        var budget = new CreditBudget(12);
        using var client = Client(budget);
        var errors = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Record.ExceptionAsync(() => client.SubmitAsync(Request, Token)).AsTask()));

        Assert.Single(errors, error => error is null);
        Assert.Equal((12, 2), (budget.Usage.Spent, _handler.Count("create")));
    }

    /// <summary>
    /// A batch that is run again counts what its earlier runs were charged, and nothing that does not belong to it.
    /// </summary>
    [Fact]
    public async Task Batch_that_is_run_again_counts_its_own_submissions()
    {
        using var simulator = new ImaSimulator { ProcessingTime = TimeSpan.Zero };
        var price = 0m;
        for (var run = 0; run < 3; run++)
        {
            using var client = TestClients.Create(
                new ImaNanoBananaOptions { ApiKey = "ima_test_key", RequestsPerSecond = null },
                simulator,
                journal: new FileTaskJournal(_folder));
            price = (await client.QuoteAsync(Request, Token)).Credits;
            await client.SubmitAsync(Request with { IdempotencyKey = $"other-{run}" }, Token);
            await client.SubmitAsync(Request with { IdempotencyKey = $"night-{run}-x" }, Token);
            var options =
                new ImageBatchOptions { IdempotencyKeyPrefix = "night", Budget = new CreditBudget(2 * price), MaxConcurrency = 1 };
            var kinds = new List<ImaErrorKind?>();
            await foreach (var outcome in client.GenerateBatchAsync(Enumerable.Repeat(Request, 4), options, Token))
            {
                kinds.Add(outcome.Error?.Kind);
            }

            Assert.Equal([null, null, ImaErrorKind.BudgetExceeded, ImaErrorKind.BudgetExceeded], kinds);
        }

        Assert.Equal(2 + 6, simulator.Charges.Count);
    }

    /// <summary>It is unknown what was spent. Nothing is submitted, and the next submission asks again.</summary>
    [Fact]
    public async Task With_a_journal_that_cannot_be_listed_nothing_is_submitted()
    {
        var journal = new Journal.SpyJournal(new FileTaskJournal(_folder))
        {
            Before = static name => name == "list" ? throw new IOException("Permission denied.") : Task.CompletedTask,
        };
        var budget = new CreditBudget(12, Day);
        using var client = TestClients.Create(
            new ImaNanoBananaOptions { ApiKey = "ima_test_key" }, _handler, journal: journal, budget: budget);

        Assert.Equal(ImaErrorKind.NotSent, (await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(Request, Token))).Kind);
        Assert.Equal(0, _handler.Count("create"));
        journal.Before = static _ => Task.CompletedTask;
        Assert.Equal("task_1", (await client.SubmitAsync(Request, Token)).Id);
        Assert.Equal(6, budget.Usage.Spent);
    }

    private ImaImageClient Client(CreditBudget budget, TimeProvider? time = null) => TestClients.Create(
        new ImaNanoBananaOptions { ApiKey = "ima_test_key", RetrySubmissions = false, RequestsPerSecond = null },
        _handler,
        time,
        journal: new FileTaskJournal(_folder),
        budget: budget);
}
