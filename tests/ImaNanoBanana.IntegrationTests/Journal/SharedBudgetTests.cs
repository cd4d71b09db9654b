using ImaNanoBanana.JournalWorker;
using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests.Journal.FileLedger;

namespace ImaNanoBanana.IntegrationTests.Journal;

/// <summary>
/// Processes that share a journal and a budget in a folder, some of which are killed. An image of 512 px costs 4 credits, and a process
/// submits 20 of them.
/// </summary>
public class SharedBudgetTests
{
    private const int Price = 4;
    private const int Submissions = 20;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Three_processes_with_a_budget_of_60_spend_60()
    {
        using var simulator = new ImaSimulator { ProcessingTime = TimeSpan.Zero };
        await using var shop = await Shop.OpenAsync(simulator);
        var workers = await Task.WhenAll(Enumerable.Range(0, 3).Select(number => StartAsync(shop, 60, hours: Kills.Hours(number))));

        await Task.WhenAll(workers.Select((worker, number) => worker.SubmitAsync($"p{number}", Submissions)));
        var outcomes = (await Task.WhenAll(workers.Select(worker => worker.EndAsync()))).SelectMany(each => each).ToList();

        Assert.Equal(60 / Price, outcomes.Count(outcome => outcome.Images == 1));
        Assert.Equal((3 * Submissions) - (60 / Price), outcomes.Count(outcome => outcome.Error == nameof(ImaErrorKind.BudgetExceeded)));
        Assert.Equal(60, Charged(shop));
        Assert.Equal(new CreditUsage(60, 0, 0), await UsageAsync(shop, 60));
        await EndAsync(workers);
    }

    /// <summary>The killed process has reserved everything. What it did not submit is free when the next process needs it.</summary>
    /// <param name="step">The step that the submissions have reached.</param>
    /// <param name="isClaimed">Whether the journal has the keys, so that the submissions may have been charged.</param>
    [Theory]
    [InlineData("before-claim", false)]
    [InlineData("after-claim", true)]
    [InlineData("body-sent", true)]
    [InlineData("recorded", true)]
    public async Task Credits_of_a_killed_process_are_free_unless_they_may_be_spent(string step, bool isClaimed)
    {
        const int Limit = Submissions * Price;
        using var simulator = new ImaSimulator { ProcessingTime = TimeSpan.Zero };
        await using var shop = await Shop.OpenAsync(simulator);
        await using var killed = await StartAsync(shop, Limit, step);
        await killed.SubmitAsync("killed", Submissions);
        await killed.NextAsync(Submissions, line => line.StartsWith($"at {step} ", StringComparison.Ordinal) ? line : null);
        Assert.Equal(Limit, (await UsageAsync(shop, Limit)).Reserved);
        await killed.KillAsync();

        Assert.All(await SubmitAsync(shop, Limit, "early"), AssertExceeded);
        OlderAccount.LetPass(shop.Folder, "test", TimeSpan.FromHours(1));
        var next = await SubmitAsync(shop, Limit, "next");

        Assert.Equal(isClaimed ? 0 : Submissions, next.Count(outcome => outcome.Images == 1));
        Assert.All(next.Where(_ => isClaimed), AssertExceeded);
        Assert.Equal(new CreditUsage(Limit, 0, 0), await UsageAsync(shop, Limit));
        Assert.InRange(Charged(shop), 0, Limit);
    }

    /// <summary>
    /// Processes are killed anywhere while others spend the same budget. At every moment, the budget counts all that was charged, and no
    /// more than its limit. In the end, it counts exactly the submissions in the journal.
    /// </summary>
    [Fact]
    public async Task Killed_anywhere_loses_no_charge()
    {
        var limit = Kills.Count * Submissions * Price / 2;
        using var simulator = new ImaSimulator { ProcessingTime = TimeSpan.Zero };
        await using var shop = await Shop.OpenAsync(simulator);
        await Parallel.ForAsync(0, Kills.Count, new ParallelOptions { MaxDegreeOfParallelism = 3 }, async (run, _) =>
        {
            await using var worker = await StartAsync(shop, limit, hours: Kills.Hours(run));
            await worker.SubmitAsync($"run{run}", Submissions);
            await worker.WatchAsync(Kills.Lines(run), static () => { });
            await worker.KillAsync();
            var charged = Charged(shop);
            var usage = await UsageAsync(shop, limit);
            Assert.InRange(usage.Spent + usage.Reserved, charged, limit);
        });

        OlderAccount.LetPass(shop.Folder, "test", TimeSpan.FromHours(1));
        await SubmitAsync(shop, limit, "next");

        var entries = await JournalAsync(shop);
        var end = await UsageAsync(shop, limit);
        TestContext.Current.SendDiagnosticMessage(
            $"{Kills.Count} kills: {Charged(shop)} of {limit} credits charged, {end.Spent} counted, {entries.Count} submissions recorded");
        Assert.Equal(new CreditUsage(entries.Count * Price, 0, limit - (entries.Count * Price)), end);
        Assert.InRange(Charged(shop), 1, end.Spent);
    }

    private static decimal Charged(Shop shop) => shop.Simulator.Charges.Sum(charge => charge.Credits);

    private static ValueTask<CreditUsage> UsageAsync(Shop shop, decimal limit) =>
        new FileCreditLedger(shop.Folder).GetUsageAsync(new CreditAccount("test", limit), Token);

    private static async Task<IReadOnlyList<TaskJournalEntry>> JournalAsync(Shop shop)
    {
        var entries = new List<TaskJournalEntry>();
        await foreach (var entry in new FileTaskJournal(shop.Folder).ListAsync(Token))
        {
            entries.Add(entry);
        }

        return entries;
    }

    private static async Task<IReadOnlyList<Outcome>> SubmitAsync(Shop shop, decimal limit, string prefix)
    {
        await using var worker = await StartAsync(shop, limit);
        await worker.SubmitAsync(prefix, Submissions);
        return await worker.EndAsync();
    }

    private static void AssertExceeded(Outcome outcome) => Assert.Equal(
        (nameof(ImaErrorKind.BudgetExceeded), nameof(ImaChargeStatus.NotCharged)), (outcome.Error, outcome.Charge));

    private static Task<WorkerProcess> StartAsync(Shop shop, decimal limit, string stop = "", string hours = "0") =>
        WorkerProcess.StartWithAsync(
            [],
            new Dictionary<string, string> { ["IMA_WORKER_BUDGET"] = FormattableString.Invariant($"{limit}") },
            "buy",
            shop.Address,
            shop.Folder,
            stop,
            hours);

    private static async Task EndAsync(IReadOnlyList<WorkerProcess> workers)
    {
        foreach (var worker in workers)
        {
            await worker.DisposeAsync();
        }
    }
}
