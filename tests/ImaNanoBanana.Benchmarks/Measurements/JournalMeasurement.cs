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
    private const double MostSecondsToDeliver = 1;
    private const double MostSecondsToListOpen = 2;
    private const int Lists = 5;
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
            var journal = new FileTaskJournal(folder.FullName);
            using var client = Client(simulator, journal);

            // The first submission of a client also starts the cleanup, which scans the folder in the background.
            var first = await SecondsAsync(() => client.SubmitAsync(Request("new")));
            var further = new List<double>();
            for (var submission = 0; submission < FurtherSubmissions; submission++)
            {
                further.Add(await SecondsAsync(() => client.SubmitAsync(Request($"new-{submission}"))));
            }

            var submitted = 1 + FurtherSubmissions;
            var openLists = await ListsAsync(() => journal.ListAsync(new TaskJournalFilter()), open + submitted);
            var lists = await ListsAsync(() => journal.ListAsync(), entries + submitted);
            using var thrifty = Client(simulator, new FileTaskJournal(folder.FullName), new CreditBudget(1_000_000_000));
            var counted = await SecondsAsync(() => thrifty.SubmitAsync(Request("counted")));
            return
            [
                new Row($"{name}: first task delivered", first * 1000, "ms") { AtMost = MostSecondsToDeliver * 1000 },
                new Row(
                    $"{name}: further tasks, median of {FurtherSubmissions}",
                    Statistics.Median(further) * 1000,
                    "ms") { AtMost = MostSecondsToDeliver * 1000 },
                new Row(
                    $"{name}: open entries listed, slowest of {Lists}",
                    openLists.Max() * 1000,
                    "ms") { AtMost = MostSecondsToListOpen * 1000 },
                new Row($"{name}: all entries listed, median of {Lists}", Statistics.Median(lists) * 1000, "ms"),
                new Row($"{name}: first task, with a budget that counts all", counted * 1000, "ms"),
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

    private static async Task<IReadOnlyList<double>> ListsAsync(Func<IAsyncEnumerable<TaskJournalEntry>> list, int expected)
    {
        var seconds = new List<double>();
        for (var turn = 0; turn < Lists; turn++)
        {
            var found = 0;
            seconds.Add(await SecondsAsync(async () =>
            {
                await foreach (var entry in list())
                {
                    found += entry.RequestHash.Length > 0 ? 1 : 0;
                }
            }));
            if (found != expected)
            {
                throw new InvalidOperationException($"The journal listed {found} of {expected} entries.");
            }
        }

        return seconds;
    }

    private static async Task<double> SecondsAsync(Func<Task> call)
    {
        var start = Stopwatch.GetTimestamp();
        await call();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static ImageRequest Request(string key) => new("a cute puppy on grass") { IdempotencyKey = key };

    private static ImaImageClient Client(ImaSimulator simulator, FileTaskJournal journal, CreditBudget? budget = null) =>
        new ImaImageClient(
            new ImaNanoBananaOptions { ApiKey = "ima_key_of_the_benchmarks", RequestsPerSecond = null },
            new ImaImageClientServices { PrimaryHandler = simulator, Journal = journal, Budget = budget });
}
