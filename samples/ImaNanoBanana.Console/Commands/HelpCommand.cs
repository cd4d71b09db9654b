using System.CommandLine;
using ImaNanoBanana.Cli.CommandLine;
using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Cli.Running;

namespace ImaNanoBanana.Cli.Commands;

/// <summary><c>ima help</c>.</summary>
internal sealed class HelpCommand(RootCommand root, Argument<string?> topic)
{
    public Task<int> RunAsync(Session session, CancellationToken cancellationToken)
    {
        var name = session.Parsed.GetValue(topic);
        var command = name is null ? root : root.Subcommands.FirstOrDefault(command => command.Name == name && !command.Hidden);
        if (command is null)
        {
            throw new StopException(ExitCode.Usage, UsageErrors.UnknownCommand(name!, root, session.Say));
        }

        HelpPage.Write(command, session.Say, session.Host);
        return Task.FromResult(ExitCode.Ok);
    }
}
