namespace ImaNanoBanana.AppHost.Databases;

/// <summary>The folder with everything that outlives the program.</summary>
/// <param name="path">The full path.</param>
internal sealed class DataFolder(string path)
{
    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>The user of the database server must reach its own folder below this one.</summary>
    private const UnixFileMode Passable = OnlyOwner | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The folder of the database server.</summary>
    public string Cluster { get; } = Path.Combine(path, "postgres");

    /// <summary>The folder of the files of the database.</summary>
    public string ClusterData => Path.Combine(Cluster, "data");

    /// <summary>The version of PostgreSQL that the files belong to; null if there are none.</summary>
    public string? ClusterVersion
    {
        get
        {
            var file = Path.Combine(ClusterData, "PG_VERSION");
            return File.Exists(file) ? File.ReadAllText(file).Trim() : null;
        }
    }

    /// <summary>What ran the database the last time.</summary>
    public DatabaseKind Earlier =>
        File.Exists(EarlierFile) && Enum.TryParse<DatabaseKind>(File.ReadAllText(EarlierFile), out var kind) ? kind : DatabaseKind.None;

    private string EarlierFile => Path.Combine(path, "database");

    /// <summary>Opens the folder, and creates it if it does not exist.</summary>
    public static DataFolder Open(string path)
    {
        CreateFolder(path, Passable);
        return new DataFolder(path);
    }

    public void Remember(DatabaseKind kind) => File.WriteAllText(EarlierFile, kind.ToString());

    /// <summary>Creates the folder of the database server.</summary>
    public void CreateCluster() => CreateFolder(Cluster, OnlyOwner);

    /// <summary>The folder of the images that the workers save.</summary>
    public string Images(ImageSource source) => Path.Combine(Of(source), "images");

    /// <summary>Stores the connection string for the commands of the worker. It may contain a password.</summary>
    public async Task StoreConnectionAsync(ImageSource source, string connectionString, CancellationToken cancellationToken)
    {
        var file = Path.Combine(Of(source), "connection-string");
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var stream = new StreamWriter(file, options);
        await stream.WriteAsync(connectionString.AsMemory(), cancellationToken);
    }

    private string Of(ImageSource source)
    {
        var folder = Path.Combine(path, source.Name);
        CreateFolder(folder, OnlyOwner);
        return folder;
    }

    private static void CreateFolder(string folder, UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, mode);
        }
    }
}
