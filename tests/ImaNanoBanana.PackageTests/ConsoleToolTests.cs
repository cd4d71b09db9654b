using System.Diagnostics;

namespace ImaNanoBanana.PackageTests;

/// <summary>The program ima, packed as a .NET tool and installed from a folder as docs/console.md describes.</summary>
public sealed class ConsoleToolTests(PackedPackages packages)
{
    [Fact]
    public async Task Tool_is_installed_from_a_folder_and_saves_an_image()
    {
        var feed = await packages.ToolsAsync();
        var home = Directory.CreateDirectory(Path.Combine(packages.Folder, "tool home")).FullName;
        (string, string)[] environment = [("HOME", home), ("USERPROFILE", home), ("XDG_DATA_HOME", home), ("LANG", "C")];

        await Dotnet.RunAsync(
            home,
            [
                "tool", "install", "ImaNanoBanana.Console", "--tool-path", "bin", "--add-source", feed, "--version", packages.Version,
            ],
            ("DOTNET_CLI_HOME", home));
        var output = await RunAsync(home, ["generate", "puppy", "--simulate"], environment);

        Assert.Contains("puppy.png (1024 x 1024)", output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(home, "puppy.png")));
        Assert.StartsWith($"{packages.Version}+", await RunAsync(home, ["--version"], environment), StringComparison.Ordinal);
    }

    private static async Task<string> RunAsync(string home, string[] words, (string Name, string Value)[] environment)
    {
        var start = Dotnet.StartInfo(home, words, environment);
        start.FileName = Path.Combine(home, "bin", OperatingSystem.IsWindows() ? "ima.exe" : "ima");
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await errors);
        return output;
    }
}
