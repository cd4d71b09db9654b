using System.Diagnostics;

namespace ImaNanoBanana.Benchmarks.Start;

/// <summary>A program that is published into its own folder, once for each state of its sources.</summary>
/// <param name="name">The folder.</param>
/// <param name="project">The project's folder.</param>
/// <param name="program">The program's name.</param>
/// <param name="arguments">The arguments for <c>dotnet publish</c>.</param>
internal sealed class PublishedProgram(string name, string project, string program, string arguments)
{
    private static readonly string Folder = Path.Combine(Repository.Artifacts, "start");

    public string Executable { get; } = Path.Combine(Folder, name, program);

    /// <returns>Why it could not be published; null if it was.</returns>
    public async Task<string?> EnsureAsync()
    {
        if (File.Exists(Executable) && File.GetLastWriteTimeUtc(Executable) > Newest())
        {
            return null;
        }

        using var publish = Process.Start(new ProcessStartInfo("dotnet")
        {
            Arguments = $"publish \"{project}\" -c Release {arguments} -v q -nologo -p:RunAnalyzers=false"
                + $" --artifacts-path \"{Path.Combine(Folder, "build", name)}\" -o \"{Path.GetDirectoryName(Executable)}\"",
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = publish.StandardError.ReadToEndAsync();
        var output = await publish.StandardOutput.ReadToEndAsync() + await error;
        await publish.WaitForExitAsync();
        if (publish.ExitCode != 0 || !File.Exists(Executable))
        {
            return "it is not published: "
                + (output.Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.Ordinal)) ?? "no program came").Trim();
        }

        File.SetLastWriteTimeUtc(Executable, DateTime.UtcNow);
        return null;
    }

    private static DateTime Newest() => new[] { "src", "samples" }
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories))
        .Where(file => Path.GetExtension(file) is ".cs" or ".csproj" or ".pubxml"
            && !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .Max(File.GetLastWriteTimeUtc);
}
