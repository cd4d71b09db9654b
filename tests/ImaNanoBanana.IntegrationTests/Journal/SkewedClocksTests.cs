using ImaNanoBanana.JournalWorker;
using ImaNanoBanana.Testing;

namespace ImaNanoBanana.IntegrationTests.Journal;

/// <summary>
/// Processes share a journal while their clocks differ by hours and days and entries vanish during use. No key that a living process knows
/// is charged twice, and no process removes the entries of another.
/// </summary>
public class SkewedClocksTests
{
    private const int Submissions = 20;

    /// <summary>How many hours each process is ahead of the machine; all of them submit the same keys at once.</summary>
    [Fact]
    public async Task Each_key_is_charged_once_whatever_the_clocks_say()
    {
        using var simulator = new ImaSimulator { ProcessingTime = TimeSpan.Zero };
        await using var shop = await Shop.OpenAsync(simulator);
        var workers = new List<WorkerProcess>();
        try
        {
            foreach (var hours in new[] { "0", "2", "744", "-744" })
            {
                workers.Add(await WorkerProcess.StartAsync("buy", shop.Address, shop.Folder, "", hours));
            }

            for (var round = 0; round < 3; round++)
            {
                var prefix = $"round{round}";
                await Task.WhenAll(workers.Select(worker => worker.SubmitAsync(prefix, Submissions)));
                var outcomes = await Task.WhenAll(workers.Select(worker => worker.NextAsync(Submissions, Outcome.Parse)));

                var charged = shop.Charges();
                foreach (var key in Shop.Keys(prefix, Submissions))
                {
                    var task = Assert.Single(charged[key]);
                    Assert.All(
                        outcomes,
                        process => Assert.Equal(
                            (task, null),
                            process.Where(outcome => outcome.Key == key).Select(outcome => (outcome.Task, outcome.Error)).Single()));
                }
            }
        }
        finally
        {
            foreach (var worker in workers)
            {
                await worker.DisposeAsync();
            }
        }

        var entries = await shop.EntriesAsync(Enumerable.Range(0, 3).SelectMany(round => Shop.Keys($"round{round}", Submissions)));
        Assert.All(entries.Values, entry => Assert.Equal(TaskJournalState.Completed, entry?.State));
        Assert.Empty(simulator.Violations);
        Assert.Empty(simulator.Differences);
    }

    /// <summary>
    /// The folder vanishes after a process has been charged. The same process is asked for the same keys again, next to another
    /// process.
    /// </summary>
    [Fact]
    public async Task Process_knows_its_charged_tasks_without_its_journal()
    {
        using var simulator = new ImaSimulator { ProcessingTime = TimeSpan.Zero };
        await using var shop = await Shop.OpenAsync(simulator);
        await using var worker = await shop.StartWorkerAsync();
        await worker.SubmitAsync("order", Submissions);
        var first = await worker.NextAsync(Submissions, Outcome.Parse);
        shop.LoseAll();
        await worker.SubmitAsync("order", Submissions);
        var second = await worker.NextAsync(Submissions, Outcome.Parse);
        Directory.CreateDirectory(shop.Folder);

        Assert.All(second, outcome => Assert.Null(outcome.Error));
        Assert.Equal(first.Select(outcome => outcome.Task).Order(), second.Select(outcome => outcome.Task).Order());
        Assert.Equal(Submissions, simulator.Charges.Count);
    }
}
