using System.Diagnostics;

namespace ImaNanoBanana.PackageTests;

/// <summary>Runs the .NET SDK in a separate process, as from a shell.</summary>
internal static class Dotnet
{
    /// <summary>Only for a command that hangs: a working one takes a minute, or several on a busy machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    /// <returns>Its output.</returns>
    /// <exception cref="InvalidOperationException">It did not succeed.</exception>
    /// <exception cref="TimeoutException">It hangs.</exception>
    public static async Task<string> RunAsync(string folder, string[] words, params (string Name, string Value)[] environment)
    {
        var (code, output) = await TryAsync(folder, words, environment);
        return code == 0 ? output : throw new InvalidOperationException($"dotnet {string.Join(' ', words)} ended with {code}:\n{output}");
    }

    public static async Task<(int Code, string Output)> TryAsync(
        string folder, string[] words, params (string Name, string Value)[] environment)
    {
        var start = StartInfo(folder, words, environment);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Patience);
        using var process = Process.Start(start)!;
        try
        {
            var (output, errors) = (
                process.StandardOutput.ReadToEndAsync(deadline.Token), process.StandardError.ReadToEndAsync(deadline.Token));
            await process.WaitForExitAsync(deadline.Token);
            return (process.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException exception) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(
                $"dotnet {string.Join(' ', words)} did not end within {Patience.TotalMinutes:0} minutes.", exception);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    /// <returns>What starts the process, without the variables that belong to the test run.</returns>
    internal static ProcessStartInfo StartInfo(string folder, string[] words, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", words)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var inherited in start.Environment.Keys.Where(IsOfTheTestRun).ToList())
        {
            start.Environment.Remove(inherited);
        }

        // No build server may outlive the tests and keep the output open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static bool IsOfTheTestRun(string variable) =>
        variable.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || variable is "IMA_API_KEY" or "IMA_SIMULATOR" or "CI";
}
