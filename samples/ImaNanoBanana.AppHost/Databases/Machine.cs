using System.ComponentModel;
using System.Globalization;

namespace ImaNanoBanana.AppHost.Databases;

/// <summary>Looks at this machine.</summary>
internal static class Machine
{
    private const string DebianPrograms = "/usr/lib/postgresql";
    private const string Users = "/etc/passwd";

    private static readonly string[] ContainerRuntimes = ["docker", "podman"];

    /// <summary>A container runtime whose service hangs counts as missing after this time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async Task<MachineFacts> ReadAsync(DataFolder folder, CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(ContainerRuntimes.Select(name => AnswersAsync(name, cancellationToken)));
        return new MachineFacts
        {
            ContainerRuntime = ContainerRuntimes.Where((_, index) => answers[index]).FirstOrDefault(),
            ProgramFolder = FindPrograms(folder.ClusterVersion),
            IsRoot = Environment.IsPrivilegedProcess,
            UserSwitch = HasUser(LocalCluster.User) ? FindOnPath("setpriv") : null,
            Earlier = folder.Earlier,
        };
    }

    /// <returns>Whether the command reaches the service that runs containers.</returns>
    private static async Task<bool> AnswersAsync(string command, CancellationToken cancellationToken)
    {
        if (FindOnPath(command) is not { } path)
        {
            return false;
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Patience);
        try
        {
            return (await ProcessRun.RunAsync(path, ["info"], deadline.Token)).ExitCode == 0;
        }
        catch (Exception exception) when (
            exception is Win32Exception || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    /// <summary>A data folder belongs to a version. Otherwise the newest one is taken.</summary>
    private static string? FindPrograms(string? version)
    {
        string[] installed = Directory.Exists(DebianPrograms) ? Directory.GetDirectories(DebianPrograms) : [];
        return installed
            .OrderByDescending(folder => Path.GetFileName(folder) == version)
            .ThenByDescending(VersionNumber)
            .Select(folder => Path.Combine(folder, "bin"))
            .Concat(PathFolders())
            .FirstOrDefault(folder => LocalCluster.Programs.All(name => File.Exists(Path.Combine(folder, name))));
    }

    private static int VersionNumber(string folder) =>
        int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static bool HasUser(string name) =>
        File.Exists(Users) && File.ReadLines(Users).Any(line => line.StartsWith(name + ":", StringComparison.Ordinal));

    private static string? FindOnPath(string command)
    {
        var file = OperatingSystem.IsWindows() ? command + ".exe" : command;
        return PathFolders().Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
    }

    private static string[] PathFolders() =>
        Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) ?? [];
}
