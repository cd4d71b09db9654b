using ImaNanoBanana.JournalWorker;
using ImaNanoBanana.Testing;

namespace ImaNanoBanana.IntegrationTests.Journal;

/// <summary>
/// One process stays alive; others that submit the same keys at the same moment are killed, and the clocks of all processes differ by
/// hours and days. In the second test, journal entries also vanish.
/// </summary>
public class HostileKillTests
{
    private const int Submissions = 20;

    /// <summary>Each lane has its own folder and its own living process. The processes to kill take turns in the lanes.</summary>
    private const int Lanes = 3;

    /// <summary>Each key is charged at most once, and the living process gets its task or learns that the outcome is unknown.</summary>
    [Fact]
    public async Task Each_key_is_charged_at_most_once_while_other_processes_are_killed()
    {
        var spread = new List<string>[Lanes];
        await Parallel.ForAsync(0, Lanes, async (lane, _) =>
        {
            spread[lane] = [];
            using var simulator = new ImaSimulator { ProcessingTime = TimeSpan.Zero };
            await using var shop = await Shop.OpenAsync(simulator);
            await using var living = await shop.StartWorkerAsync(hours: Kills.Hours(lane));
            foreach (var kill in KillsOf(lane))
            {
                await using var rival = await StartRivalAsync(shop, living, kill);
                await rival.WatchAsync(Kills.Lines(kill), static () => { });
                await rival.KillAsync();

                // Otherwise the living process would wait for the dead process's submissions as long as a submission may take.
                await shop.LetAnHourPassAsync();
                foreach (var outcome in await living.NextAsync(Submissions, Outcome.Parse))
                {
                    spread[lane].Add(outcome.Error ?? "task");
                    if (outcome.Task is null)
                    {
                        ProcessKillTests.CheckUnknown(outcome);
                    }
                    else
                    {
                        Assert.Equal((null, 1), (outcome.Error, outcome.Images));
                    }
                }
            }

            var prefixes = KillsOf(lane).Select(Prefix).ToList();
            var left = await shop.EntriesAsync(prefixes.SelectMany(prefix => Shop.Keys(prefix, Submissions)));
            Assert.DoesNotContain(left, entry => entry.Value is null);
            Assert.All(shop.Charges(), tasks => Assert.Single(tasks));
            await living.EndAsync();
            await ProcessKillTests.CheckNextProcessesAsync(shop, left, prefixes);
        });
        Tell(spread);
    }

    /// <summary>
    /// Single entries vanish while the other processes die, and every third time all entries vanish. The living process never submits
    /// again what it submitted and was charged for, however often it is asked.
    /// </summary>
    [Fact]
    public async Task Nothing_is_charged_twice_while_entries_vanish_and_other_processes_are_killed()
    {
        var spread = new List<string>[Lanes];
        await Parallel.ForAsync(0, Lanes, async (lane, _) =>
        {
            spread[lane] = [];
            using var simulator = new ImaSimulator { ProcessingTime = TimeSpan.Zero };
            await using var shop = await Shop.OpenAsync(simulator);
            await using var living = await shop.StartWorkerAsync(hours: Kills.Hours(lane));
            foreach (var kill in KillsOf(lane))
            {
                var sent = new List<string>();
                var seen = 0;
                await using var rival = await StartRivalAsync(shop, living, kill);
                await rival.WatchAsync(Kills.Lines(kill), () => LoseSometimes(shop, kill, ++seen));
                await rival.KillAsync();
                await LoseAsync(shop, kill);
                var first = await OutcomesAsync(living, sent);
                await LoseAsync(shop, kill + 1);
                await living.SubmitAsync(Prefix(kill), Submissions);
                var second = await OutcomesAsync(living, sent);
                await LoseAsync(shop, kill + 2);
                await living.SubmitAsync(Prefix(kill), Submissions);
                Check(shop, [first, second, await OutcomesAsync(living, sent)], sent, spread[lane]);
            }

            Assert.Empty(simulator.Violations);
            Assert.Empty(simulator.Differences);
        });
        Tell(spread);
    }

    private static IEnumerable<int> KillsOf(int lane) => Enumerable.Range(0, Kills.Count).Where(kill => kill % Lanes == lane);

    private static string Prefix(int kill) => $"kill{kill}";

    /// <summary>Starts another process and lets both submit the same keys.</summary>
    private static async Task<WorkerProcess> StartRivalAsync(Shop shop, WorkerProcess living, int kill)
    {
        // In every lane, its clock differs from the clock of the living process.
        var rival = await shop.StartWorkerAsync(hours: Kills.Hours((kill / Lanes) + Lanes));
        await Task.WhenAll(living.SubmitAsync(Prefix(kill), Submissions), rival.SubmitAsync(Prefix(kill), Submissions));
        return rival;
    }

    /// <summary>One of the entries vanishes now and then. The others must remain, so that the living process can find them.</summary>
    private static void LoseSometimes(Shop shop, int kill, int lines)
    {
        if (lines % 8 == 0)
        {
            shop.Lose(kill + lines);
        }
    }

    /// <summary>The folder vanishes, or one entry does; an hour passes for the rest.</summary>
    private static async Task LoseAsync(Shop shop, int number)
    {
        if (number / Lanes % 3 == 0)
        {
            shop.LoseAll();
        }
        else
        {
            shop.Lose(number);
        }

        await shop.LetAnHourPassAsync();
    }

    /// <param name="living">The living process.</param>
    /// <param name="sent">Receives the key of each submission that it sends to the service.</param>
    private static async Task<IReadOnlyDictionary<string, Outcome>> OutcomesAsync(WorkerProcess living, List<string> sent)
    {
        const string Sent = "at body-sent ";
        var outcomes = await living.NextAsync(Submissions, line =>
        {
            if (line.StartsWith(Sent, StringComparison.Ordinal))
            {
                sent.Add(line[Sent.Length..]);
            }

            return Outcome.Parse(line);
        });
        return outcomes.ToDictionary(outcome => outcome.Key);
    }

    private static void Check(
        Shop shop, IReadOnlyList<IReadOnlyDictionary<string, Outcome>> rounds, IReadOnlyCollection<string> sent, List<string> spread)
    {
        var charged = shop.Charges();
        foreach (var key in rounds[0].Keys)
        {
            var sends = sent.Count(sending => sending == key);
            var tasks = rounds.Select(round => round[key].Task).OfType<string>().Distinct().ToList();
            spread.Add($"sent {sends}, charged {charged[key].Count()}, {rounds[^1][key].Error ?? "task"}");

            // If its entry vanished, the killed process may have been charged for it too. Only that process knew.
            Assert.True(
                sends <= 1 && charged[key].Count() <= sends + 1,
                $"{key} was sent {sends} times, and charged as {string.Join(", ", charged[key])}.");
            Assert.All(tasks, task => Assert.Contains(task, charged[key]));
            if (sends == 1)
            {
                Assert.Equal((Assert.Single(tasks), null), (rounds[^1][key].Task, rounds[^1][key].Error));
            }

            Assert.All(rounds, round => Assert.True(
                round[key] is { Task: not null, Error: null, Images: 1 }
                    or { Error: nameof(ImaErrorKind.NotSent), Charge: nameof(ImaChargeStatus.NotCharged) }
                    or { Error: nameof(ImaErrorKind.OutcomeUnknown), Charge: nameof(ImaChargeStatus.Unknown) },
                round[key].ToString()));
        }
    }

    private static void Tell(IEnumerable<IEnumerable<string>> spread) => TestContext.Current.TestOutputHelper?.WriteLine(
        $"{Kills.Count} kills, and the outcomes of the living processes: {Kills.Spread(spread.SelectMany(lane => lane))}");
}
