using System.Diagnostics;
using ImaNanoBanana.JournalWorker;

namespace ImaNanoBanana.IntegrationTests.Journal;

/// <summary>A process that submits (ImaNanoBanana.JournalWorker). Tests wait for the lines that it prints.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    /// <summary>A timeout for a busy machine. A process that prints nothing for this long is broken.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly Process _process;
    private readonly Task<string> _complaints;
    private readonly CancellationTokenSource _deadline = CancellationTokenSource.CreateLinkedTokenSource(
        TestContext.Current.CancellationToken);

    /// <summary>The input lines that it has not processed yet.</summary>
    private int _linesToDo;

    private WorkerProcess(Process process)
    {
        _process = process;
        _complaints = process.StandardError.ReadToEndAsync(_deadline.Token);
    }

    /// <param name="words">The arguments of the worker.</param>
    /// <returns>The process, ready to submit.</returns>
    public static Task<WorkerProcess> StartAsync(params string[] words) => StartIsolatedAsync([], words);

    /// <param name="shell">The command line that starts it; the worker's own command line is appended.</param>
    /// <param name="words">The arguments of the worker.</param>
    /// <returns>The process, ready to submit.</returns>
    public static Task<WorkerProcess> StartIsolatedAsync(IEnumerable<string> shell, params string[] words) =>
        StartWithAsync(shell, new Dictionary<string, string>(), words);

    /// <param name="shell">The command line that starts it; the worker's own command line is appended.</param>
    /// <param name="environment">Variables of its environment.</param>
    /// <param name="words">The arguments of the worker.</param>
    /// <returns>The process, ready to submit.</returns>
    public static async Task<WorkerProcess> StartWithAsync(
        IEnumerable<string> shell, IReadOnlyDictionary<string, string> environment, params string[] words)
    {
        string[] command =
        [
            .. shell,
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            Path.Combine(AppContext.BaseDirectory, "ImaNanoBanana.JournalWorker.dll"),
            .. words,
        ];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var worker = new WorkerProcess(Process.Start(start)!);
        Assert.Equal("ready", await worker.NextLineAsync());
        return worker;
    }

    /// <summary>Submits PREFIX-1 to PREFIX-COUNT at once.</summary>
    public async Task SubmitAsync(string prefix, int count)
    {
        _linesToDo++;
        await _process.StandardInput.WriteLineAsync($"{prefix} {count}".AsMemory(), _deadline.Token);
        await _process.StandardInput.FlushAsync(_deadline.Token);
    }

    /// <summary>Waits for a number of lines of one kind.</summary>
    /// <param name="count">The number of lines.</param>
    /// <param name="read">Reads a line; returns null if it is of another kind.</param>
    public async Task<IReadOnlyList<T>> NextAsync<T>(int count, Func<string, T?> read)
        where T : class
    {
        var found = new List<T>();
        while (found.Count < count)
        {
            var line = await NextLineAsync();
            if (line is null || (line == "done" && --_linesToDo == 0))
            {
                throw new InvalidOperationException(
                    $"Nothing more came after {found.Count} of {count} lines: {string.Join(", ", found)} "
                        + $"{(line is null ? await _complaints : null)}");
            }

            if (read(line) is { } item)
            {
                found.Add(item);
            }
        }

        return found;
    }

    /// <summary>Waits for a number of lines of any kind, or until the process has finished all its input, whichever comes first.</summary>
    /// <param name="most">The maximum number of lines.</param>
    /// <param name="see">Called for each line as it arrives.</param>
    public async Task WatchAsync(int most, Action see)
    {
        for (var line = 0; line < most && _linesToDo > 0; line++)
        {
            if (await NextLineAsync() is not { } text)
            {
                throw new InvalidOperationException($"Nothing more came after {line} lines: {await _complaints}");
            }

            _linesToDo -= text == "done" ? 1 : 0;
            see();
        }
    }

    /// <summary>Lets the process end and reads its remaining lines.</summary>
    public async Task<IReadOnlyList<Outcome>> EndAsync()
    {
        var outcomes = new List<Outcome>();
        _process.StandardInput.Close();
        while (await NextLineAsync() is { } line)
        {
            if (Outcome.Parse(line) is { } outcome)
            {
                outcomes.Add(outcome);
            }
        }

        await _process.WaitForExitAsync(_deadline.Token);
        Assert.True(_process.ExitCode == 0, $"It ended with {_process.ExitCode}: {await _complaints}");
        return outcomes;
    }

    /// <summary>Sends SIGKILL, so that the process executes no further instruction.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(_deadline.Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        await ((Task)_complaints).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _process.Dispose();
        _deadline.Dispose();
    }

    private async ValueTask<string?> NextLineAsync()
    {
        _deadline.CancelAfter(Patience);
        try
        {
            return await _process.StandardOutput.ReadLineAsync(_deadline.Token);
        }
        catch (OperationCanceledException exception) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The other process wrote no line within {Patience.TotalMinutes:0} minutes.", exception);
        }
    }
}
