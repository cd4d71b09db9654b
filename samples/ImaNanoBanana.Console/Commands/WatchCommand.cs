using System.CommandLine;
using ImaNanoBanana.Cli.CommandLine;
using ImaNanoBanana.Cli.Running;

namespace ImaNanoBanana.Cli.Commands;

/// <summary><c>ima watch</c>.</summary>
internal sealed class WatchCommand(CliOptions options, Argument<string> task)
{
    public async Task<int> RunAsync(Session session, CancellationToken cancellationToken)
    {
        var known = await TaskArgument.ReadAsync(session, session.Parsed.GetRequiredValue(task), cancellationToken);
        return await new GenerationRun(options, session).RunAsync(known, cancellationToken);
    }
}
