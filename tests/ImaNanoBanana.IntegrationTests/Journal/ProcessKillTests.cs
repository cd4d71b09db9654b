using ImaNanoBanana.JournalWorker;
using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests;

namespace ImaNanoBanana.IntegrationTests.Journal;

/// <summary>
/// Processes that submit are killed (SIGKILL) at each step of a submission and anywhere between. Whatever they leave, the next process
/// submits nothing twice, finds every task that the journal recorded, and reports an unknown outcome for all others. The clocks of these
/// processes differ by hours and days.
/// </summary>
public class ProcessKillTests
{
    private const int Submissions = 20;
    private const int KillsInOneFolder = 15;

    private static readonly string[] Processes = ["first", "second", "third"];

    /// <param name="step">The step that the submissions have reached.</param>
    /// <param name="isCharged">Whether the service has accepted the submissions.</param>
    /// <param name="isClaimed">Whether the journal has the keys.</param>
    /// <param name="isKnown">Whether the journal has the tasks.</param>
    [Theory]
    [InlineData("before-claim", false, false, false)]
    [InlineData("after-claim", false, true, false)]
    [InlineData("body-sent", true, true, false)]
    [InlineData("answered", true, true, false)]
    [InlineData("recorded", true, true, true)]
    [InlineData("watching", true, true, true)]
    [InlineData("downloading", true, true, true)]
    public async Task Killed_at_a_step(string step, bool isCharged, bool isClaimed, bool isKnown)
    {
        var time = new TestTimeProvider();
        using var simulator = new ImaSimulator(time) { ProcessingTime = step == "watching" ? TimeSpan.FromMinutes(1) : TimeSpan.Zero };
        await using var shop = await Shop.OpenAsync(simulator);
        await Task.WhenAll(Processes.Select((prefix, number) => KillAtStepAsync(shop, step, prefix, Kills.Hours(number + 4))));
        time.Advance(TimeSpan.FromMinutes(1));

        var keys = Processes.SelectMany(prefix => Shop.Keys(prefix, Submissions)).ToList();
        var (left, charged) = (await shop.EntriesAsync(keys), shop.Charges());
        foreach (var (key, entry) in left)
        {
            Assert.Equal(isCharged ? 1 : 0, charged[key].Count());
            Assert.Equal(
                (isClaimed, isClaimed && !isKnown, isKnown), (entry is not null, entry?.IsUnknown ?? false, entry?.IsPending ?? false));
            Assert.Equal(isKnown ? charged[key].Single() : null, entry?.Task?.Id);
        }

        await CheckNextProcessesAsync(shop, left, Processes);
        Assert.Equal(isClaimed ? charged.Count : keys.Count, shop.Charges().Count);
    }

    [Fact]
    public async Task Killed_anywhere()
    {
        var spread = new List<string>();
        foreach (var round in Enumerable.Range(0, Kills.Count).Chunk(KillsInOneFolder))
        {
            using var simulator = new ImaSimulator { ProcessingTime = TimeSpan.Zero };
            await using var shop = await Shop.OpenAsync(simulator);
            await Parallel.ForEachAsync(
                round, new ParallelOptions { MaxDegreeOfParallelism = 3 }, async (run, _) => await KillAfterLinesAsync(shop, run));

            string[] prefixes = [.. round.Select(run => $"run{run}")];
            var left = await shop.EntriesAsync(prefixes.SelectMany(prefix => Shop.Keys(prefix, Submissions)));
            spread.AddRange(left.Values.Select(entry => entry?.State.ToString() ?? "nothing"));
            await CheckNextProcessesAsync(shop, left, prefixes);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{Kills.Count} kills left of {spread.Count} submissions: {Kills.Spread(spread)}");
    }

    /// <summary>What a process leaves when it is killed while it writes a claim, truncated at several lengths.</summary>
    [Fact]
    public async Task Half_written_claims_are_unknown()
    {
        using var simulator = new ImaSimulator { ProcessingTime = TimeSpan.Zero };
        await using var shop = await Shop.OpenAsync(simulator);
        await KillAtStepAsync(shop, "after-claim", "half");
        foreach (var (path, number) in Directory.EnumerateFiles(shop.Folder).Select((path, number) => (path, number)))
        {
            await using var file = File.OpenWrite(path);
            file.SetLength(file.Length * number / Submissions);
        }

        var left = await shop.EntriesAsync(Shop.Keys("half", Submissions));
        Assert.All(left.Values, entry => Assert.StartsWith("damaged:", entry?.IdempotencyKey, StringComparison.Ordinal));
        await CheckNextProcessesAsync(shop, left, ["half"]);
        Assert.Empty(simulator.Charges);
    }

    /// <summary>Here the process stays alive and the connections fail after the service has accepted the submissions.</summary>
    [Fact]
    public async Task Lost_answers_stay_unknown_for_every_process()
    {
        using var simulator = new ImaSimulator { ProcessingTime = TimeSpan.Zero };
        await using var shop = await Shop.OpenAsync(simulator);
        simulator.Script(
            "create", [.. Enumerable.Repeat(new SimulatedFault { DropsConnection = true, AfterProcessing = true }, Submissions)]);
        await using (var worker = await shop.StartWorkerAsync())
        {
            await worker.SubmitAsync("lost", Submissions);
            Assert.All(await worker.EndAsync(), CheckUnknown);
        }

        var left = await shop.EntriesAsync(Shop.Keys("lost", Submissions));
        Assert.All(left.Values, entry => Assert.Equal(TaskJournalState.Unknown, entry?.State));
        Assert.Equal(Submissions, shop.Charges().Count);
        await CheckNextProcessesAsync(shop, left, ["lost"]);
    }

    private static async Task KillAtStepAsync(Shop shop, string step, string prefix, string hours = "0")
    {
        await using var worker = await shop.StartWorkerAsync(step, hours);
        await worker.SubmitAsync(prefix, Submissions);
        await worker.NextAsync(Submissions, line => line.StartsWith($"at {step} ", StringComparison.Ordinal) ? line : null);
        await worker.KillAsync();
    }

    private static async Task KillAfterLinesAsync(Shop shop, int run)
    {
        await using var worker = await shop.StartWorkerAsync(hours: Kills.Hours(run));
        await worker.SubmitAsync($"run{run}", Submissions);
        await worker.WatchAsync(Kills.Lines(run), static () => { });
        await worker.KillAsync();
    }

    /// <summary>The next processes finish what is left. One has a clock a month behind, another a clock a month ahead.</summary>
    /// <param name="shop">The shop.</param>
    /// <param name="left">The journal's state for each key when the processes were dead.</param>
    /// <param name="prefixes">The prefixes of the keys.</param>
    internal static async Task CheckNextProcessesAsync(
        Shop shop, IReadOnlyDictionary<string, TaskJournalEntry?> left, IEnumerable<string> prefixes)
    {
        await shop.LetAnHourPassAsync();
        var continued = await shop.ContinueAsync("-744");
        var again = await shop.SubmitAgainAsync(prefixes, Submissions, "744");
        var charged = shop.Charges();

        Assert.Equal(
            left.Values.OfType<TaskJournalEntry>().Where(
                entry => entry.IsPending || entry.IsUnknown).Select(entry => entry.IdempotencyKey).Order(),
            continued.Keys.Order());
        Assert.Equal(left.Keys.Order(), again.Keys.Order());
        Assert.All(charged, tasks => Assert.Contains(tasks.Key, left));
        foreach (var (key, entry) in left)
        {
            if (entry is { IsUnknown: true })
            {
                CheckUnknown(continued[entry.IdempotencyKey]);
                CheckUnknown(again[key]);
                Assert.True(charged[key].Count() <= 1, $"{key} was charged more than once.");
                continue;
            }

            // Submissions that the journal did not contain were never sent, and are submitted and charged now.
            var task = entry is null ? again[key].Task : entry.Task!.Id;
            Assert.Equal((task, null, 1), (again[key].Task, again[key].Error, again[key].Images));
            Assert.Equal([task], charged[key]);
            if (entry is { IsPending: true })
            {
                Assert.Equal((task, null, 1), (continued[key].Task, continued[key].Error, continued[key].Images));
            }
        }

        // No process removed an entry of another one because of its clock.
        var claims = (await shop.EntriesAsync(left.Keys)).ToDictionary(entry => entry.Key, entry => entry.Value?.ClaimId);
        Assert.DoesNotContain(null, claims.Values);
        Assert.All(left.Where(entry => entry.Value is not null), entry => Assert.Equal(entry.Value!.ClaimId, claims[entry.Key]));
        Assert.Empty(shop.Simulator.Violations);
        Assert.Empty(shop.Simulator.Differences);
    }

    internal static void CheckUnknown(Outcome outcome) =>
        Assert.Equal((nameof(ImaErrorKind.OutcomeUnknown), nameof(ImaChargeStatus.Unknown)), (outcome.Error, outcome.Charge));
}
