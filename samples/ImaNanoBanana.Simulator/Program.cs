// Runs the simulator on the loopback interface until Ctrl-C: dotnet run --project samples/ImaNanoBanana.Simulator -- 5080
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using ImaNanoBanana.Testing;

var (portText, stateFile) = args switch
{
    [] => ("0", null),
    ["--state", var file] => ("0", file),
    [var text] => (text, null),
    [var text, "--state", var file] => (text, file),
    _ => ("", null),
};
if (!int.TryParse(portText, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port > IPEndPoint.MaxPort)
{
    Console.Error.WriteLine("Usage: dotnet run --project samples/ImaNanoBanana.Simulator -- [PORT] [--state FILE]");
    return 2;
}

using var simulator = new ImaSimulator();
ImaSimulatorServer server;
try
{
    server = await ImaSimulatorServer.StartAsync(simulator, port, stateFile);
}
catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

await using var running = server;
Console.WriteLine($"The simulator listens at {server.Address} and spends no credits. Press Ctrl-C to stop it.");
var ended = new TaskCompletionSource();

// A supervisor sends SIGTERM, and a shell does not forward Ctrl-C to programs that it runs in the background.
using var pressed = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
using var reported = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
await ended.Task;
Console.WriteLine($"Submissions: {simulator.Charges.Count}, credits: {simulator.Charges.Sum(charge => charge.Credits)}");
foreach (var violation in simulator.Violations)
{
    Console.WriteLine($"violation at {violation.Endpoint}: {violation.Rule}");
}

foreach (var difference in simulator.Differences)
{
    Console.WriteLine($"difference at {difference.Endpoint}: {difference.Rule}");
}

return 0;

void End(PosixSignalContext context)
{
    context.Cancel = true;
    ended.TrySetResult();
}
