using ImaNanoBanana.Journal;
using ImaNanoBanana.JournalWorker;
using ImaNanoBanana.Testing;

namespace ImaNanoBanana.IntegrationTests.Journal;

/// <summary>The service, over a socket, and the folder of the journal that all processes of a test share.</summary>
internal sealed class Shop : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly ImaSimulatorServer _server;

    private Shop(ImaSimulatorServer server) => _server = server;

    public ImaSimulator Simulator => _server.Simulator;

    public string Address => _server.Address.AbsoluteUri;

    public string Folder => _folder.FullName;

    public static async Task<Shop> OpenAsync(ImaSimulator simulator) =>
        new(await ImaSimulatorServer.StartAsync(simulator, cancellationToken: TestContext.Current.CancellationToken));

    public static IEnumerable<string> Keys(string prefix, int count) => Enumerable.Range(1, count).Select(number => $"{prefix}-{number}");

    /// <summary>A process that buys.</summary>
    /// <param name="stop">The step that its orders stop at; empty for none.</param>
    /// <param name="hours">How far its clock is ahead.</param>
    public Task<WorkerProcess> StartWorkerAsync(string stop = "", string hours = "0") =>
        WorkerProcess.StartAsync("buy", Address, Folder, stop, hours);

    /// <summary>The ids of what was charged, by idempotency key.</summary>
    public ILookup<string, string> Charges()
    {
        var charges = Simulator.Charges;
        Assert.All(charges, charge => Assert.StartsWith("picture ", charge.Prompt, StringComparison.Ordinal));
        return charges.ToLookup(charge => charge.Prompt["picture ".Length..], charge => charge.TaskId);
    }

    /// <summary>What the journal holds of each key, null where it is nothing.</summary>
    public async Task<IReadOnlyDictionary<string, TaskJournalEntry?>> EntriesAsync(IEnumerable<string> keys)
    {
        var journal = new FileTaskJournal(Folder);
        var entries = new Dictionary<string, TaskJournalEntry?>();
        foreach (var key in keys)
        {
            entries.Add(key, await journal.FindAsync(key, TestContext.Current.CancellationToken));
        }

        return entries;
    }

    /// <summary>
    /// An hour passes by the clock of the folder, which is the only one that says how old a claim is: all that is in the files,
    /// and when they were written, moves an hour back. As the journal itself does it, so that living processes may go on.
    /// </summary>
    public async Task LetAnHourPassAsync()
    {
        var hour = TimeSpan.FromHours(1);
        var locks = new JournalLocks(new JournalFolder(Folder, "", JournalFolder.Open).LocksFolder);
        foreach (var path in Directory.Exists(Folder) ? Directory.GetFiles(Folder) : [])
        {
            using var held = await locks.TakeAsync(JournalFileName.HashOf(Path.GetFileName(path)), TestContext.Current.CancellationToken);
            if (!File.Exists(path))
            {
                continue;
            }

            var writtenAt = File.GetLastWriteTimeUtc(path);
            var older = path;
            if (TaskJournalEntry.TryParse(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken), out var entry))
            {
                // Whoever reads it meanwhile finds it whole. No name of the journal's own, so that no process counts it.
                older = path + ".older";
                await File.WriteAllTextAsync(
                    older, (entry with { ClaimedAt = entry.ClaimedAt - hour }).ToJson(), TestContext.Current.CancellationToken);
            }

            File.SetLastWriteTimeUtc(older, writtenAt - hour);
            File.Move(older, path, overwrite: true);
        }
    }

    /// <summary>One file of the journal vanishes.</summary>
    /// <param name="number">Which one.</param>
    public void Lose(int number)
    {
        var files = Directory.Exists(Folder) ? Directory.GetFiles(Folder) : [];
        if (files.Length > 0)
        {
            File.Delete(files[number % files.Length]);
        }
    }

    /// <summary>The whole folder vanishes in one go, with what is locked in it, whoever works in it.</summary>
    public void LoseAll()
    {
        if (Directory.Exists(Folder))
        {
            var gone = Directory.CreateTempSubdirectory();
            Directory.Move(Folder, Path.Combine(gone.FullName, "journal"));
            while (!TryDelete(gone))
            {
            }
        }
    }

    /// <summary>A write that found the folder before it was moved lands in it afterwards, while it is emptied.</summary>
    private static bool TryDelete(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
            return true;
        }
        catch (IOException) when (folder.EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Any())
        {
            return false;
        }
    }

    /// <summary>A process that resumes what the journal holds.</summary>
    /// <param name="hours">How far its clock is ahead.</param>
    /// <returns>What it reports, by idempotency key.</returns>
    public async Task<IReadOnlyDictionary<string, Outcome>> ContinueAsync(string hours)
    {
        await using var worker = await WorkerProcess.StartAsync("continue", Address, Folder, "", hours);
        return (await worker.EndAsync()).ToDictionary(outcome => outcome.Key);
    }

    /// <summary>A process that orders the same again.</summary>
    /// <param name="prefixes">The prefixes of the keys.</param>
    /// <param name="count">How many keys each prefix has.</param>
    /// <param name="hours">How far its clock is ahead.</param>
    /// <returns>What it reports, by idempotency key.</returns>
    public async Task<IReadOnlyDictionary<string, Outcome>> SubmitAgainAsync(IEnumerable<string> prefixes, int count, string hours)
    {
        await using var worker = await WorkerProcess.StartAsync("resume", Address, Folder, "", hours);
        foreach (var prefix in prefixes)
        {
            await worker.SubmitAsync(prefix, count);
        }

        return (await worker.EndAsync()).ToDictionary(outcome => outcome.Key);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        if (Directory.Exists(Folder))
        {
            _folder.Delete(recursive: true);
        }
    }
}
