using System.Diagnostics;
using ImaNanoBanana.Journal;
using ImaNanoBanana.Journal.FileJournal;
using ImaNanoBanana.Testing;

namespace ImaNanoBanana.Benchmarks.Measurements;

/// <summary>
/// A journal in a folder with many entries: how long a new submission waits for it, and how long its lists take. The files were just
/// written, so they are in the machine's memory; the simulator answers at once.
/// </summary>
internal sealed class JournalMeasurement : IMeasurement
{
    private const double MostMillisecondsToDeliver = 1000;
    private const double MostMillisecondsToListOpen = 2000;
    private const int Rounds = 5;
    private const int FurtherSubmissions = 50;

    public string Name => "journal";

    public string Summary =>
        "a new submission and the lists of a journal with 100,000 finished entries, and of one with 1,000 open entries among them";

    public async Task<IReadOnlyList<Row>> RunAsync(bool isQuick)
    {
        var entries = isQuick ? 10_000 : 100_000;
        var like = await LikeAsync();
        return
        [
            .. await RunAsync("empty", 0, 0, like),
            .. await RunAsync($"{entries:#,0} finished", entries, 0, like),
            .. await RunAsync($"{entries:#,0}, {entries / 100:#,0} of them open", entries, entries / 100, like),
        ];
    }

    private static async Task<IReadOnlyList<Row>> RunAsync(string name, int entries, int open, TaskJournalEntry like)
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            Fill(folder.FullName, entries, open, like);
            using var simulator = new ImaSimulator { ProcessingTime = TimeSpan.Zero };

            // The first submission of a client also starts the cleanup, which scans the folder in the background.
            var first = await RoundsAsync(Rounds, round => FirstAsync(simulator, folder.FullName, $"first-{round}"));
            var journal = new FileTaskJournal(folder.FullName);
            using var client = Client(simulator, journal);
            await client.SubmitAsync(Request("new"));
            var further = await RoundsAsync(
                FurtherSubmissions, round => MillisecondsAsync(() => client.SubmitAsync(Request($"new-{round}"))));
            var submitted = Rounds + 1 + FurtherSubmissions;
            var openLists = await ListsAsync(() => journal.ListAsync(new TaskJournalFilter()), open + submitted);
            var lists = await ListsAsync(() => journal.ListAsync(), entries + submitted);
            var counted = await RoundsAsync(
                Rounds, round => FirstAsync(simulator, folder.FullName, $"counted-{round}", new CreditBudget(1_000_000_000)));
            return
            [
                Row.FromHighest($"{name}: first task delivered, slowest", first, "ms") with { AtMost = MostMillisecondsToDeliver },
                Row.FromRounds($"{name}: further tasks", further, "ms") with { AtMost = MostMillisecondsToDeliver },
                Row.FromHighest($"{name}: open entries listed, slowest", openLists, "ms") with { AtMost = MostMillisecondsToListOpen },
                Row.FromRounds($"{name}: all entries listed", lists, "ms"),
                Row.FromRounds($"{name}: first task, with a budget that counts all", counted, "ms"),
            ];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <returns>An entry as the client writes it.</returns>
    private static async Task<TaskJournalEntry> LikeAsync()
    {
        // One full round of everything that is measured, so that the code is compiled before the measurement.
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            using var simulator = new ImaSimulator { ProcessingTime = TimeSpan.Zero };
            var journal = new FileTaskJournal(folder.FullName);
            using var client = Client(simulator, journal, new CreditBudget(1_000_000_000));
            await client.GenerateAsync(Request("like"));
            _ = await ListsAsync(() => journal.ListAsync(new TaskJournalFilter()), 0);
            _ = await ListsAsync(() => journal.ListAsync(), 1);
            return await journal.FindAsync("like") ?? throw new InvalidOperationException("The journal does not contain the submission.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Writes the files as the journal does, but without waiting for the disk each time.</summary>
    private static void Fill(string folder, int entries, int open, TaskJournalEntry like)
    {
        var names = new JournalFolder(folder, "", JournalFolder.Open);
        Parallel.For(0, entries, number =>
        {
            var key = $"order-{number}";
            var entry = like with
            {
                IdempotencyKey = key,
                ClaimId = Guid.NewGuid().ToString("N"),
                State = number < open ? TaskJournalState.Accepted : TaskJournalState.Completed,
                EndedAt = number < open ? null : like.EndedAt,
                Submitted = like.Submitted with { Id = $"task_{number}", IdempotencyKey = key },
            };
            File.WriteAllText(
                Path.Combine(folder, names.HashOf(key) + (number < open ? JournalFileName.Open : JournalFileName.Done)), entry.ToJson());
        });
    }

    private static Task<IReadOnlyList<double>> ListsAsync(Func<IAsyncEnumerable<TaskJournalEntry>> list, int expected) =>
        RoundsAsync(Rounds, async _ =>
        {
            var found = 0;
            var time = await MillisecondsAsync(async () =>
            {
                await foreach (var entry in list())
                {
                    found += entry.RequestHash.Length > 0 ? 1 : 0;
                }
            });
            return found == expected
                ? time
                : throw new InvalidOperationException($"The journal listed {found} of {expected} entries.");
        });

    /// <summary>The first submission of a new client with a new journal in the folder.</summary>
    private static async Task<double> FirstAsync(ImaSimulator simulator, string folder, string key, CreditBudget? budget = null)
    {
        using var client = Client(simulator, new FileTaskJournal(folder), budget);
        return await MillisecondsAsync(() => client.SubmitAsync(Request(key)));
    }

    private static async Task<IReadOnlyList<double>> RoundsAsync(int rounds, Func<int, Task<double>> measure)
    {
        var figures = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            figures.Add(await measure(round));
        }

        return figures;
    }

    private static async Task<double> MillisecondsAsync(Func<Task> call)
    {
        var start = Stopwatch.GetTimestamp();
        await call();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static ImageRequest Request(string key) => new("a cute puppy on grass") { IdempotencyKey = key };

    private static ImaImageClient Client(ImaSimulator simulator, FileTaskJournal journal, CreditBudget? budget = null) =>
        new ImaImageClient(
            new ImaNanoBananaOptions { ApiKey = "ima_key_of_the_benchmarks", RequestsPerSecond = null },
            new ImaImageClientServices { PrimaryHandler = simulator, Journal = journal, Budget = budget });
}
