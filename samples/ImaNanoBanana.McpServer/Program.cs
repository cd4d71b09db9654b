// For an MCP client, which starts it: docs/agents.md. By hand: dotnet run --project samples/ImaNanoBanana.McpServer -- --help
using System.CommandLine;
using System.Text;
using ImaNanoBanana.Mcp;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
var command = new ServerCommand();
command.Root.SetAction(async (parsed, cancellationToken) =>
{
    try
    {
        await ServerHost.RunAsync(command.Read(parsed, Environment.GetEnvironmentVariable), cancellationToken);
        return 0;
    }
    catch (ArgumentException exception)
    {
        await Console.Error.WriteLineAsync(exception.Message);
        return 2;
    }
});
var parsed = command.Root.Parse(args, new() { ResponseFileTokenReplacer = null });
if (parsed.Errors.Count > 0)
{
    // A client takes everything on standard output for protocol.
    foreach (var error in parsed.Errors)
    {
        await Console.Error.WriteLineAsync(error.Message);
    }

    return 2;
}

// The host takes the signals: an order on the wire is waited for.
return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
