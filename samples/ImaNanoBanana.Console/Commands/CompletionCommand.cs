using System.CommandLine;
using ImaNanoBanana.Cli.CommandLine;
using ImaNanoBanana.Cli.Running;

namespace ImaNanoBanana.Cli.Commands;

/// <summary><c>ima completion</c>: prints a script for a shell.</summary>
internal sealed class CompletionCommand(Argument<string> shell)
{
    public Task<int> RunAsync(Session session, CancellationToken cancellationToken)
    {
        session.Screen.Raw(CompletionScripts.Of(session.Parsed.GetRequiredValue(shell)));
        return Task.FromResult(ExitCode.Ok);
    }
}
