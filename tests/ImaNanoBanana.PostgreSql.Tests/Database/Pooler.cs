using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace ImaNanoBanana.PostgreSql.Tests.Database;

/// <summary>PgBouncer in transaction mode, in front of the server of the tests: each transaction may get another connection.</summary>
internal sealed class Pooler : IAsyncDisposable
{
    private const string Program = "/usr/sbin/pgbouncer";
    private const int Connections = 2;

    private readonly Process _process;
    private readonly string _folder;

    private Pooler(Process process, string folder, string connectionString) =>
        (_process, _folder, ConnectionString) = (process, folder, connectionString);

    public string ConnectionString { get; }

    /// <param name="database">The connection string of the database itself.</param>
    public static async Task<Pooler> StartAsync(string database)
    {
        Assert.True(File.Exists(Program), $"This test needs PgBouncer: {Program} was not found. On Debian, install the package pgbouncer.");
        var server = new NpgsqlConnectionStringBuilder(database);
        var port = FreePort();
        var folder = Directory.CreateTempSubdirectory("ima-pooler-").FullName;
        var settings = Path.Combine(folder, "pgbouncer.ini");
        await File.WriteAllTextAsync(Path.Combine(folder, "users"), $"\"{server.Username}\" \"\"\n");
        await File.WriteAllTextAsync(settings, $"""
            [databases]
            {server.Database} = host=127.0.0.1 port={server.Port}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            unix_socket_dir =
            auth_type = trust
            auth_file = {folder}/users
            pool_mode = transaction
            default_pool_size = {Connections}
            max_client_conn = 200
            ignore_startup_parameters = extra_float_digits
            """);

        // Like the server, it refuses to run as root, and the other user must be able to read the folder.
        string[] command = Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--", Program, settings] : [Program, settings];
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode All = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            File.SetUnixFileMode(folder, All | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        }

        var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true })!;
        while (await process.StandardError.ReadLineAsync() is { } line && !line.Contains("process up", StringComparison.Ordinal))
        {
        }

        Assert.False(process.HasExited, "PgBouncer did not start.");
        server.Port = port;
        server.NoResetOnClose = true;
        return new Pooler(process, folder, server.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
