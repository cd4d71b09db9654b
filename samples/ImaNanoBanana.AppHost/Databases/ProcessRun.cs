using System.Diagnostics;

namespace ImaNanoBanana.AppHost.Databases;

/// <summary>A program that was run to its end. A value.</summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Errors">What it has printed to its standard error.</param>
internal sealed record ProcessRun(int ExitCode, string Errors)
{
    /// <summary>Runs a program in the root folder and waits for it. If the call is canceled, the program is killed.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The program cannot be started.</exception>
    public static async Task<ProcessRun> RunAsync(string program, IEnumerable<string> words, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, words)
        {
            WorkingDirectory = Path.GetPathRoot(Environment.CurrentDirectory),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await Task.WhenAll(output, errors, process.WaitForExitAsync(cancellationToken));
            return new ProcessRun(process.ExitCode, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
