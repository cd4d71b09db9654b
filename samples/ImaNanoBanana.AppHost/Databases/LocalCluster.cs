namespace ImaNanoBanana.AppHost.Databases;

/// <summary>
/// A database server of an installed PostgreSQL, in a folder of its own. It listens on no port, only at a socket in a folder that its
/// user alone can enter, so it needs no password.
/// </summary>
internal sealed class LocalCluster(string programFolder, string? userSwitch, DataFolder folder)
{
    /// <summary>The user of the database, and of the system if this process runs as root.</summary>
    public const string User = "postgres";

    /// <summary>A database that always exists.</summary>
    public const string MaintenanceDatabase = "postgres";

    private const string InitializeProgram = "initdb";
    private const string ServerProgram = "postgres";
    private const int MaxConnections = 200;

    public static IReadOnlyList<string> Programs { get; } = [InitializeProgram, ServerProgram];

    /// <summary>The command of the server, without its arguments.</summary>
    public string Command => userSwitch ?? Program(ServerProgram);

    public IReadOnlyList<string> Arguments =>
    [
        .. AsUser(ServerProgram),
        "-D", folder.ClusterData,
        "-k", folder.Cluster,
        "-c", "listen_addresses=",
        "-c", $"max_connections={MaxConnections}",

        // An error of a statement is reported by its program. Quartz tries statements that fail to find out which tables exist.
        "-c", "log_min_messages=log",
    ];

    public string ConnectionString(string database) => $"Host={folder.Cluster};Username={User};Database={database}";

    /// <summary>Creates the files of the database. Does nothing if they exist.</summary>
    /// <exception cref="InvalidOperationException">A program failed. The message contains what it printed.</exception>
    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        if (folder.ClusterVersion is not null)
        {
            return;
        }

        folder.CreateCluster();
        if (userSwitch is not null)
        {
            await RunAsync("chown", [$"{User}:{User}", folder.Cluster], cancellationToken);
        }

        // The folder gets its name last: a half-made one is made again.
        var created = folder.ClusterData + ".new";
        if (Directory.Exists(created))
        {
            Directory.Delete(created, recursive: true);
        }

        string[] words =
        [
            .. AsUser(InitializeProgram),
            "-D", created, "-U", User, "--auth-local=trust", "--auth-host=reject", "-E", "UTF8", "--locale", "C",
        ];
        await RunAsync(userSwitch ?? Program(InitializeProgram), words, cancellationToken);
        Directory.Move(created, folder.ClusterData);
    }

    /// <summary>The words in front of the arguments of a program. The switch becomes the program, so a signal reaches the server.</summary>
    private string[] AsUser(string program) =>
        userSwitch is null ? [] : ["--reuid", User, "--regid", User, "--init-groups", "--", Program(program)];

    private string Program(string name) => Path.Combine(programFolder, name);

    private static async Task RunAsync(string program, string[] words, CancellationToken cancellationToken)
    {
        var run = await ProcessRun.RunAsync(program, words, cancellationToken);
        if (run.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"The database cannot be created: {program} {string.Join(' ', words)} ended with {run.ExitCode}. {run.Errors.Trim()}");
        }
    }
}
