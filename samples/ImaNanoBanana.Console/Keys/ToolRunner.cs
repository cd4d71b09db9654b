using System.ComponentModel;
using System.Diagnostics;

namespace ImaNanoBanana.Cli.Keys;

/// <summary>Runs a program of the operating system.</summary>
/// <param name="program">The program.</param>
/// <param name="arguments">Its arguments, without secrets.</param>
/// <param name="input">Its standard input, or null.</param>
/// <param name="cancellationToken">Ends the program.</param>
/// <returns>Its standard output; null if it does not exist, failed or did not end in time.</returns>
internal delegate Task<string?> ToolRunner(
    string program, IReadOnlyList<string> arguments, string? input, CancellationToken cancellationToken);

/// <summary>Runs programs as processes.</summary>
internal static class ToolProcess
{
    /// <summary>A locked keyring may ask the user for a password first.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<string?> RunAsync(
        string program, IReadOnlyList<string> arguments, string? input, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        Process? process = null;
        try
        {
            process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var errors = process.StandardError.ReadToEndAsync(either.Token);
            var output = process.StandardOutput.ReadToEndAsync(either.Token);
            await process.StandardInput.WriteAsync((input ?? "").AsMemory(), either.Token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(either.Token);
            await errors;
            return process.ExitCode == 0 ? await output : null;
        }
        catch (Exception exception) when (exception is Win32Exception or IOException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
        finally
        {
            if (process is { HasExited: false })
            {
                process.Kill();
            }

            process?.Dispose();
        }
    }
}
