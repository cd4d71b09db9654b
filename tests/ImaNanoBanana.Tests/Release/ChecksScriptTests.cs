using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ImaNanoBanana.Tests.Release;

/// <summary>The script of all checks: a developer can leave out steps, and cannot leave out the wrong ones by a typing error.</summary>
public sealed partial class ChecksScriptTests
{
    private static readonly string Script = File.ReadAllText(Path.Combine(RepositoryRoot.Path, ".ci", "run"));

    [Fact]
    public void Every_step_can_be_left_out_by_its_name() =>
        Assert.Equal(Steps().Order(StringComparer.Ordinal), Names().Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("--skip", "smok", "'smok' is not a step. The steps are: ")]
    [InlineData("--skip", "test tests", "'tests' is not a step. The steps are: ")]
    [InlineData("smoke", "", "'smoke' is not an option. Use --skip with the names of steps: ")]
    public async Task A_name_that_does_not_exist_starts_nothing(string option, string names, string error)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The script needs a shell.");
        using var process = Process.Start(
            new ProcessStartInfo("bash", [".ci/run", option, .. names.Split(' ', StringSplitOptions.RemoveEmptyEntries)])
            {
                WorkingDirectory = RepositoryRoot.Path,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.Equal("", await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.Equal($"{error}{string.Join(' ', Names())}\n", await errors);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, process.ExitCode);
    }

    /// <summary>
    /// The tool manifest's cache in the home folder keeps the path of a tool in a packages folder that may be gone, and a restore
    /// does not correct it. Tools in a folder of the clone depend on nothing outside it.
    /// </summary>
    [Fact]
    public void Scripts_install_tools_in_a_folder_of_the_clone()
    {
        var scripts = Scripts().Select(File.ReadAllText).ToList();

        Assert.All(scripts, script => Assert.DoesNotMatch(ToolManifest(), script));
        Assert.Equal(3, scripts.Count(script => script.Contains(" --tool-path ", StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Scripts() =>
        from folder in (string[])[".ci", "docs", "release", "tests"]
        from file in Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, folder), "*", SearchOption.AllDirectories)
        where Path.GetExtension(file) == ".sh" || Path.GetFileName(file) == "run"
        select file;

    private static IEnumerable<string> Steps() => StepCall().Matches(Script).Select(call => call.Groups["name"].Value);

    private static string[] Names() => NameList().Match(Script).Groups["names"].Value.Split(' ');

    [GeneratedRegex(@"^[^#\n]*dotnet tool (restore|run)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex ToolManifest();

    [GeneratedRegex(@"^ *step (?<name>[a-z0-9]+) ", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex StepCall();

    [GeneratedRegex("^steps='(?<names>[^']+)'$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex NameList();
}
