namespace ImaNanoBanana.AppHost.Databases;

/// <summary>What a machine has that can run a database. A value.</summary>
internal sealed record MachineFacts
{
    /// <summary>The command that answers for containers, <c>docker</c> or <c>podman</c>; null if none does.</summary>
    public string? ContainerRuntime { get; init; }

    /// <summary>The folder with <c>initdb</c> and <c>postgres</c>; null if PostgreSQL is not installed.</summary>
    public string? ProgramFolder { get; init; }

    /// <summary>Whether this process runs as root. PostgreSQL refuses to.</summary>
    public bool IsRoot { get; init; }

    /// <summary>The command that starts a program as another user; null if it or the user <c>postgres</c> is missing.</summary>
    public string? UserSwitch { get; init; }

    /// <summary>What ran the database the last time.</summary>
    public DatabaseKind Earlier { get; init; }
}
