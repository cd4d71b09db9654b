using ImaNanoBanana.JournalWorker;
using ImaNanoBanana.Testing;

namespace ImaNanoBanana.IntegrationTests.Journal;

/// <summary>
/// One process lives, others that order the same keys at the same moment are killed, and the clocks of all of them are hours
/// and days apart; in the second test what is in the journal vanishes besides.
/// </summary>
public class HostileKillTests
{
    private const int Submissions = 20;

    /// <summary>Each has a folder and a living process of its own; a process is killed in one of them after the other.</summary>
    private const int Lanes = 3;

    /// <summary>Each key is charged once at most, and whoever lives gets its task or hears that nobody can tell.</summary>
    [Fact]
    public async Task Rivals_are_killed()
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

                // Else the living one would wait for the dead one's orders as long as one may take.
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
    /// Single entries vanish while the others die, and every third time all of them: what the living one has bought it does not
    /// buy again, however often it is asked.
    /// </summary>
    [Fact]
    public async Task Entries_vanish_while_rivals_are_killed()
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
        });
        Tell(spread);
    }

    private static IEnumerable<int> KillsOf(int lane) => Enumerable.Range(0, Kills.Count).Where(kill => kill % Lanes == lane);

    private static string Prefix(int kill) => $"kill{kill}";

    /// <summary>Starts another process, and lets both order the same.</summary>
    private static async Task<WorkerProcess> StartRivalAsync(Shop shop, WorkerProcess living, int kill)
    {
        // Another clock than the living one's, whichever lane it is.
        var rival = await shop.StartWorkerAsync(hours: Kills.Hours((kill / Lanes) + Lanes));
        await Task.WhenAll(living.SubmitAsync(Prefix(kill), Submissions), rival.SubmitAsync(Prefix(kill), Submissions));
        return rival;
    }

    /// <summary>One of the entries, now and then: others have to be there for what the living one is told of them.</summary>
    private static void LoseSometimes(Shop shop, int kill, int lines)
    {
        if (lines % 8 == 0)
        {
            shop.Lose(kill + lines);
        }
    }

    /// <summary>The folder vanishes, or one entry; an hour passes for what is left.</summary>
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
    /// <param name="sent">Gets the key of each order that it sends to the service.</param>
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

            // The one that died may have bought it too, where its entry vanished: it knew, and nobody else.
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
        $"{Kills.Count} kills, and what the living came to: {Kills.Spread(spread.SelectMany(lane => lane))}");
}
