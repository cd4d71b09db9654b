using System.CommandLine;
using ImaNanoBanana.Cli.Running;

namespace ImaNanoBanana.Cli.Commands;

/// <summary><c>ima version</c>, the same as <c>--version</c>.</summary>
internal sealed class VersionCommand(RootCommand root)
{
    public Task<int> RunAsync(Session session, CancellationToken cancellationToken) => root.Parse(["--version"]).InvokeAsync(
        new InvocationConfiguration { Output = session.Host.Out, Error = session.Host.Error, EnableDefaultExceptionHandler = false },
        cancellationToken);
}
