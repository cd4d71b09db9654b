// An MCP client starts this program: see docs/agents.md. To run it yourself:
// dotnet run --project samples/ImaNanoBanana.McpServer -- --help
using System.CommandLine;
using System.Text;
using ImaNanoBanana.Mcp;
using ImaNanoBanana.Mcp.Http;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
var command = new ServerCommand();
command.Root.SetAction(async (parsed, cancellationToken) =>
{
    try
    {
        var settings = command.Read(parsed, Environment.GetEnvironmentVariable);
        await (command.ReadHttp(parsed, Environment.GetEnvironmentVariable) is { } http
            ? HttpHost.RunAsync(settings, http, cancellationToken)
            : ServerHost.RunAsync(settings, cancellationToken));
        return 0;
    }
    catch (ArgumentException exception)
    {
        await Console.Error.WriteLineAsync(exception.Message);
        return 2;
    }
});
command.NewToken.SetAction(parsed => Console.WriteLine(AccessToken.Describe(command.NameOf(parsed), AccessToken.Create())));
var parsed = command.Root.Parse(args, new() { ResponseFileTokenReplacer = null });
if (parsed.Errors.Count > 0)
{
    // An MCP client reads everything on standard output as protocol messages.
    foreach (var error in parsed.Errors)
    {
        await Console.Error.WriteLineAsync(error.Message);
    }

    return 2;
}

// The host handles the signals, so that it can wait for a submission that was already sent.
return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
