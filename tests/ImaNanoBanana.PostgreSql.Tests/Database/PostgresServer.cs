using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

[assembly: AssemblyFixture(typeof(ImaNanoBanana.PostgreSql.Tests.Database.PostgresServer))]

namespace ImaNanoBanana.PostgreSql.Tests.Database;

/// <summary>
/// A PostgreSQL server for the tests of this assembly, in a temporary folder and on a free port. It is started with the first test that
/// needs it, and ended after the last one. Each test has a database of its own.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string User = "postgres";

    private readonly SemaphoreSlim _starting = new(1);
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "ima-postgres-" + Guid.NewGuid().ToString("N"));
    private readonly int _port = FreePort();
    private bool _isStarted;
    private int _databases;

    /// <returns>The connection string of a new, empty database.</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        await StartOnceAsync();
        var name = "test_" + Interlocked.Increment(ref _databases);
        await using var source = NpgsqlDataSource.Create(ConnectionString("postgres"));
        await using var command = source.CreateCommand($"create database {name}");
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return ConnectionString(name);
    }

    /// <summary>Stops the server at once, as in a failure: all connections end, and what was not committed is lost.</summary>
    public Task StopAsync() => RunAsync("pg_ctl", "stop", "-D", Data, "-m", "immediate", "-w");

    public Task StartAsync() => RunAsync(
        "pg_ctl",
        "start", "-D", Data, "-w", "-l", Path.Combine(_folder, "log"),
        "-o", $"-p {_port} -k {_folder} -c listen_addresses=127.0.0.1 -c max_connections=200");

    public async ValueTask DisposeAsync()
    {
        if (_isStarted)
        {
            await StopAsync();
        }

        _starting.Dispose();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private string Data => Path.Combine(_folder, "data");

    private string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={_port};Username={User};Database={database};Timeout=5;Command Timeout=15;Maximum Pool Size=30";

    private async Task StartOnceAsync()
    {
        await _starting.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (_isStarted)
            {
                return;
            }

            Directory.CreateDirectory(_folder);
            if (Environment.IsPrivilegedProcess)
            {
                await ProcessAsync("chown", [User, _folder]);
            }

            await RunAsync("initdb", "-D", Data, "-U", User, "-A", "trust", "-E", "UTF8", "--locale", "C", "--no-sync");
            await StartAsync();
            _isStarted = true;
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>PostgreSQL refuses to run as root.</summary>
    private static Task RunAsync(string program, params string[] words)
    {
        var path = Find(program);
        return Environment.IsPrivilegedProcess
            ? ProcessAsync("runuser", ["-u", User, "--", path, .. words])
            : ProcessAsync(path, words);
    }

    private static string Find(string program)
    {
        const string Debian = "/usr/lib/postgresql";
        string[] versions = Directory.Exists(Debian) ? Directory.GetDirectories(Debian) : [];
        var folders = versions.OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin"))
            .Concat(Environment.GetEnvironmentVariable("PATH")!.Split(':'));
        return folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists)
            ?? throw new Win32Exception(
                $"These tests need PostgreSQL: {program} was not found. On Debian, install the package postgresql.");
    }

    private static async Task ProcessAsync(string program, IReadOnlyList<string> words)
    {
        // The server inherits the output of pg_ctl, so it must not be a pipe.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" > /dev/null 2>&1", program, .. words])
        {
            WorkingDirectory = "/",
        };
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync(CancellationToken.None);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', words)} ended with {process.ExitCode}.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
