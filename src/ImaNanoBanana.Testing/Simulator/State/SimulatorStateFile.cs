using System.Text.Json;

namespace ImaNanoBanana.Testing;

/// <summary>
/// Keeps the state of a simulator in a file. The file is replaced as a whole, so a program that is killed leaves the state before or after
/// a change. One simulator at a time may use a file. Thread-safe.
/// </summary>
internal sealed class SimulatorStateFile : IAsyncDisposable
{
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly ImaSimulator _simulator;
    private readonly string _path;
    private readonly FileStream _lock;
    private long _written;

    private SimulatorStateFile(ImaSimulator simulator, string path, FileStream exclusive)
    {
        _simulator = simulator;
        _path = path;
        _lock = exclusive;
        _written = -1;
    }

    /// <summary>Reads the file, if there is one, into a simulator, and keeps it for the simulator from now on.</summary>
    /// <exception cref="InvalidDataException">The file is damaged. It was not changed.</exception>
    /// <exception cref="IOException">The file cannot be read or written, or another simulator uses it.</exception>
    public static async Task<SimulatorStateFile> OpenAsync(ImaSimulator simulator, string path, CancellationToken cancellationToken)
    {
        var whole = Path.GetFullPath(path);
        var exclusive = Lock(whole);
        try
        {
            if (File.Exists(whole))
            {
                simulator.Restore(await ReadAsync(whole, cancellationToken).ConfigureAwait(false));
            }

            var file = new SimulatorStateFile(simulator, whole, exclusive);
            await file.SaveAsync(cancellationToken).ConfigureAwait(false);
            return file;
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException)
        {
            await exclusive.DisposeAsync().ConfigureAwait(false);
            throw new InvalidDataException(
                $"The state file '{whole}' is not a state of the simulator: {exception.Message.TrimEnd('.')}. The file was not changed. "
                + "Repair or remove it, or use another file.",
                exception);
        }
        catch
        {
            await exclusive.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Writes the state if it changed. It is on the disk when this ends.</summary>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var changes = _simulator.Changes;
            if (changes == _written)
            {
                return;
            }

            await WriteAsync(_simulator.Capture()).ConfigureAwait(false);
            _written = changes;
        }
        finally
        {
            _writing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _lock.DisposeAsync().ConfigureAwait(false);
        _writing.Dispose();
    }

    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (exception is not (DirectoryNotFoundException or FileNotFoundException))
        {
            throw new IOException(
                $"Another simulator uses the state file '{path}', or its lock cannot be created. Use another file.", exception);
        }
    }

    private static async Task<SimulatorState> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var stream = File.OpenRead(path);
        await using (stream.ConfigureAwait(false))
        {
            return await JsonSerializer.DeserializeAsync(stream, SimulatorStateJsonContext.Default.SimulatorState, cancellationToken)
                .ConfigureAwait(false) ?? throw new InvalidDataException("it is null");
        }
    }

    /// <summary>FlushAsync leaves the bytes in the caches of the operating system.</summary>
    private static void FlushToDisk(FileStream stream) => stream.Flush(flushToDisk: true);

    private async Task WriteAsync(SimulatorState state)
    {
        var temporary = _path + ".new";
        var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None);
        await using (stream.ConfigureAwait(false))
        {
            // A state that is written is written completely: the caller's request may be cancelled, and its effect remains.
            await JsonSerializer.SerializeAsync(stream, state, SimulatorStateJsonContext.Default.SimulatorState, CancellationToken.None)
                .ConfigureAwait(false);
            FlushToDisk(stream);
        }

        File.Move(temporary, _path, overwrite: true);
    }
}
