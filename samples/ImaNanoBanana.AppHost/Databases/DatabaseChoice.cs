namespace ImaNanoBanana.AppHost.Databases;

/// <summary>How the database is run: in a container where containers exist, otherwise by an installed PostgreSQL. Pure.</summary>
internal sealed record DatabaseChoice
{
    private const string Start = "Start Docker or Podman";
    private const string Install = "install PostgreSQL (on Debian and Ubuntu: apt-get install postgresql)";

    public DatabaseKind Kind { get; private init; }

    /// <summary>The command for containers, for <see cref="DatabaseKind.Container"/>.</summary>
    public string? ContainerRuntime { get; private init; }

    /// <summary>The folder of the programs, for <see cref="DatabaseKind.Programs"/>.</summary>
    public string? ProgramFolder { get; private init; }

    /// <summary>The command that starts a program as another user; null if this user can run them.</summary>
    public string? UserSwitch { get; private init; }

    /// <summary>What is missing and what to do, for <see cref="DatabaseKind.None"/>.</summary>
    public string? Problem { get; private init; }

    /// <summary>
    /// Without a setting, the database is run as the last time: a Docker that was started since must not hide the data, and an empty
    /// database must not replace one whose Docker is stopped.
    /// </summary>
    /// <param name="machine">What the machine has.</param>
    /// <param name="useContainers">The setting; null for what there is.</param>
    public static DatabaseChoice From(MachineFacts machine, bool? useContainers)
    {
        var kind = (useContainers, machine.Earlier) switch
        {
            (true, _) => DatabaseKind.Container,
            (false, _) => DatabaseKind.Programs,
            (null, DatabaseKind.None) => DatabaseKind.None,
            (null, var earlier) => earlier,
        };
        return kind switch
        {
            DatabaseKind.Container => InContainer(machine) ?? Failed(ContainerProblem(useContainers)),
            DatabaseKind.Programs => WithPrograms(machine),
            _ => InContainer(machine) ?? WithPrograms(machine),
        };
    }

    private static DatabaseChoice? InContainer(MachineFacts machine) =>
        machine.ContainerRuntime is { } runtime
            ? new DatabaseChoice { Kind = DatabaseKind.Container, ContainerRuntime = runtime }
            : null;

    private static DatabaseChoice WithPrograms(MachineFacts machine)
    {
        if (machine.ProgramFolder is not { } folder)
        {
            var containers = machine.ContainerRuntime is null
                ? "neither docker nor podman answers, and PostgreSQL is not installed"
                : "PostgreSQL is not installed";
            var advice = machine.ContainerRuntime is null ? $"{Start}, or {Install}" : $"Set AppHost:UseContainers to true, or {Install}";
            return Failed($"The database cannot be started: {containers}. {advice}.");
        }

        if (machine.IsRoot && machine.UserSwitch is null)
        {
            return Failed(
                "The database cannot be started: PostgreSQL refuses to run as root, and setpriv or the user postgres is missing. " +
                "Run this program as another user, or create the user postgres.");
        }

        return new DatabaseChoice
        {
            Kind = DatabaseKind.Programs,
            ProgramFolder = folder,
            UserSwitch = machine.IsRoot ? machine.UserSwitch : null,
        };
    }

    private static string ContainerProblem(bool? useContainers) =>
        useContainers is true
            ? $"The database cannot be started: AppHost:UseContainers is true, and neither docker nor podman answers. {Start}."
            : "The database cannot be started: its data is in a container's volume, and neither docker nor podman answers. " +
              $"{Start}, or set AppHost:UseContainers to false to begin with an empty database.";

    private static DatabaseChoice Failed(string problem) => new() { Kind = DatabaseKind.None, Problem = problem };
}
