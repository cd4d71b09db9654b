using ImaNanoBanana.AppHost.Databases;

namespace ImaNanoBanana.Studio.Tests.AppHost;

/// <summary>What runs the database, for each kind of machine.</summary>
public sealed class DatabaseChoiceTests
{
    private const string Programs = "/usr/lib/postgresql/17/bin";
    private const string Switch = "/usr/bin/setpriv";

    /// <summary>
    /// Each row: what answers for containers, whether PostgreSQL is installed, whether this is root, whether another user can be used, what
    /// ran the database the last time, the setting; and the choice.
    /// </summary>
    public static TheoryData<string?, bool, bool, bool, string, bool?, string> Choices => new()
    {
        // What there is, containers first.
        { "docker", true, false, true, "None", null, "docker" },
        { "podman", false, false, false, "None", null, "podman" },
        { "docker", true, true, false, "None", null, "docker" },
        { null, true, false, true, "None", null, "programs" },
        { null, true, true, true, "None", null, "programs as another user" },
        { null, true, true, false, "None", null, "no: root, setpriv" },
        { null, false, false, true, "None", null, "no: docker, podman, not installed, apt-get install postgresql" },

        // The setting decides.
        { "docker", true, false, true, "None", false, "programs" },
        { "docker", true, true, true, "None", false, "programs as another user" },
        { "docker", false, false, true, "None", false, "no: PostgreSQL is not installed, UseContainers to true" },
        { null, true, false, true, "None", true, "no: UseContainers is true, neither docker nor podman answers" },
        { null, false, false, true, "None", false, "no: neither docker nor podman answers, not installed" },
        { "docker", true, false, true, "Programs", true, "docker" },
        { "docker", true, false, true, "Container", false, "programs" },

        // The data is where it was.
        { "docker", true, false, true, "Programs", null, "programs" },
        { "docker", true, true, true, "Programs", null, "programs as another user" },
        { "docker", false, false, true, "Programs", null, "no: PostgreSQL is not installed" },
        { "podman", true, false, true, "Container", null, "podman" },
        { null, true, false, true, "Container", null, "no: container's volume, Start Docker, UseContainers to false" },
        { null, false, false, true, "Container", null, "no: container's volume" },
    };

    [Theory]
    [MemberData(nameof(Choices))]
    public void Database_is_run_by_what_there_is_and_where_its_data_was(
        string? runtime, bool isInstalled, bool isRoot, bool hasOtherUser, string earlier, bool? setting, string expected)
    {
        var choice = DatabaseChoice.From(
            new MachineFacts
            {
                ContainerRuntime = runtime,
                ProgramFolder = isInstalled ? Programs : null,
                IsRoot = isRoot,
                UserSwitch = hasOtherUser ? Switch : null,
                Earlier = Enum.Parse<DatabaseKind>(earlier),
            },
            setting);

        if (expected.StartsWith("no: ", StringComparison.Ordinal))
        {
            Assert.Equal(DatabaseKind.None, choice.Kind);
            Assert.All(expected[4..].Split(", "), part => Assert.Contains(part, choice.Problem, StringComparison.Ordinal));
            return;
        }

        Assert.Null(choice.Problem);
        Assert.Equal(
            expected switch
            {
                "programs" => (DatabaseKind.Programs, null, Programs, null),
                "programs as another user" => (DatabaseKind.Programs, null, Programs, Switch),
                _ => (DatabaseKind.Container, expected, default(string), default(string)),
            },
            (choice.Kind, choice.ContainerRuntime, choice.ProgramFolder, choice.UserSwitch));
    }

    /// <summary>No combination is forgotten: there is either something that runs the database or a sentence that says what to do.</summary>
    [Fact]
    public void Every_machine_has_a_database_or_a_sentence()
    {
        bool[] both = [false, true];
        var machines =
            from runtime in new[] { null, "docker", "podman" }
            from folder in new[] { null, Programs }
            from isRoot in both
            from other in new[] { null, Switch }
            from earlier in Enum.GetValues<DatabaseKind>()
            select new MachineFacts
            {
                ContainerRuntime = runtime,
                ProgramFolder = folder,
                IsRoot = isRoot,
                UserSwitch = other,
                Earlier = earlier,
            };
        foreach (var (machine, setting) in machines.SelectMany(machine => new bool?[] { null, false, true }.Select(set => (machine, set))))
        {
            var choice = DatabaseChoice.From(machine, setting);
            Assert.Equal(choice.Kind == DatabaseKind.None, choice.Problem is not null);
            Assert.Equal(choice.Kind == DatabaseKind.Container, choice.ContainerRuntime is not null);
            Assert.Equal(choice.Kind == DatabaseKind.Programs, choice.ProgramFolder is not null);
            Assert.False(choice is { Kind: DatabaseKind.Programs, UserSwitch: null } && machine.IsRoot);
            Assert.False(setting is false && choice.Kind == DatabaseKind.Container);
            Assert.False(setting is true && choice.Kind == DatabaseKind.Programs);
        }
    }
}
