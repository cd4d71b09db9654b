using ImaNanoBanana.Journal.FileJournal;
using ImaNanoBanana.JournalWorker;
using ImaNanoBanana.Testing;

namespace ImaNanoBanana.IntegrationTests.Journal;

/// <summary>The service over a socket, and the journal folder that all processes of a test share.</summary>
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

    /// <summary>Starts a process that submits.</summary>
    /// <param name="stop">The step at which its submissions stop; empty for none.</param>
    /// <param name="hours">How many hours its clock is ahead.</param>
    public Task<WorkerProcess> StartWorkerAsync(string stop = "", string hours = "0") =>
        WorkerProcess.StartAsync("buy", Address, Folder, stop, hours);

    /// <summary>The ids of the charged tasks, by idempotency key.</summary>
    public ILookup<string, string> Charges()
    {
        var charges = Simulator.Charges;
        Assert.All(charges, charge => Assert.StartsWith("picture ", charge.Prompt, StringComparison.Ordinal));
        return charges.ToLookup(charge => charge.Prompt["picture ".Length..], charge => charge.TaskId);
    }

    /// <summary>The journal's state for each key; null if there is no entry.</summary>
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
    /// Makes an hour pass by the clock of the folder, which alone decides how old a claim is: all times in the files, and the times when
    /// they were written, move back by an hour. It does this the way the journal does, so that living processes can continue.
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
            if (TaskJournalEntry.TryFromJson(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken), out var entry))
            {
                // A process that reads it meanwhile finds it complete. The name is not one of the journal's own names, so no process
                // counts it.
                older = path + ".older";
                await File.WriteAllTextAsync(
                    older, (entry with { ClaimedAt = entry.ClaimedAt - hour }).ToJson(), TestContext.Current.CancellationToken);
            }

            File.SetLastWriteTimeUtc(older, writtenAt - hour);
            File.Move(older, path, overwrite: true);
        }
    }

    /// <summary>Makes one file of the journal vanish.</summary>
    /// <param name="number">The number of the file.</param>
    public void Lose(int number)
    {
        var files = Directory.Exists(Folder) ? Directory.GetFiles(Folder) : [];
        if (files.Length > 0)
        {
            File.Delete(files[number % files.Length]);
        }
    }

    /// <summary>Makes the whole folder vanish at once, including locked files, even while a process uses it.</summary>
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

    /// <summary>A write that opened the folder before it was moved can still land in it while it is emptied.</summary>
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

    /// <summary>A process that resumes the tasks in the journal.</summary>
    /// <param name="hours">How many hours its clock is ahead.</param>
    /// <returns>What it reports, by idempotency key.</returns>
    public async Task<IReadOnlyDictionary<string, Outcome>> ContinueAsync(string hours)
    {
        await using var worker = await WorkerProcess.StartAsync("continue", Address, Folder, "", hours);
        return (await worker.EndAsync()).ToDictionary(outcome => outcome.Key);
    }

    /// <summary>A process that submits the same keys again.</summary>
    /// <param name="prefixes">The prefixes of the keys.</param>
    /// <param name="count">How many keys each prefix has.</param>
    /// <param name="hours">How many hours its clock is ahead.</param>
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
