using System.CommandLine;
using System.CommandLine.Help;
using ImaNanoBanana.Cli.CommandLine;
using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Cli.Running;
using Microsoft.Extensions.Logging;

namespace ImaNanoBanana.Cli;

/// <summary>Runs the program: parses the command line, runs the command, and converts exceptions into a message and an exit code.</summary>
internal static class ConsoleApp
{
    private const string EndOfOptions = "--";

    /// <param name="args">The command line.</param>
    /// <param name="host">The environment.</param>
    /// <param name="cancellationToken">Cancelled by Ctrl-C.</param>
    /// <returns>The exit code; see <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, CliHost host, CancellationToken cancellationToken = default)
    {
        try
        {
            return await ParseAndRunAsync(args, host, cancellationToken);
        }
        catch (IOException)
        {
            // The help or the version could not be written, or no output is possible. Commands report their own errors.
            return ExitCode.Output;
        }
    }

    private static async Task<int> ParseAndRunAsync(IReadOnlyList<string> args, CliHost host, CancellationToken cancellationToken)
    {
        var say = Wording.FromArguments(args, host.Variable);
        var options = new CliOptions(say, Literals(args));
        var root = CommandTree.Build(
            options, say, (command, parsed, token) => RunAsync(command, new Session(host, options, parsed, say), token));

        // A prompt may start with @ or with dashes and letters. These characters do not denote a file or bundled options here.
        var parser = new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false };
        var parsed = root.Parse(args, parser);
        if (args.Count == 0 || parsed.Action is HelpAction)
        {
            HelpPage.Write(parsed.CommandResult.Command, say, host);
            return ExitCode.Ok;
        }

        var errors = UsageErrors.Find(parsed, say);
        if (errors.Count > 0)
        {
            var screen = new Screen(host);
            foreach (var error in errors)
            {
                screen.Note(error);
            }

            screen.Note(UsageErrors.HelpLine(parsed.CommandResult.Command, say));
            return ExitCode.Usage;
        }

        var invocation = new InvocationConfiguration
        {
            Output = host.Out,
            Error = host.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        return await parsed.InvokeAsync(invocation, cancellationToken);
    }

    /// <returns>The number of arguments after the first <c>--</c>.</returns>
    private static int Literals(IReadOnlyList<string> args)
    {
        var end = args.ToList().IndexOf(EndOfOptions);
        return end < 0 ? 0 : args.Count - 1 - end;
    }

    private static async Task<int> RunAsync(CliCommand command, Session session, CancellationToken cancellationToken)
    {
        using (session)
        {
            try
            {
                await session.FindKeyAsync(cancellationToken);
                var code = await command(session, cancellationToken);
                if (!session.Parsed.CommandResult.Command.Hidden)
                {
                    session.Log.Write(LogLevel.Information, $"{session.Parsed.CommandResult.Command.Name} ended with exit code {code}");
                }

                return code;
            }
            catch (Exception exception) when (FailureReport.FromException(exception, session) is { } report)
            {
                session.Log.Write(
                    LogLevel.Warning,
                    $"{session.Parsed.CommandResult.Command.Name} ended with exit code {report.Facts.ExitCode}: {report.Facts.Kind}, "
                        + $"{report.Facts.Message}");
                return report.Show(session);
            }
        }
    }
}
