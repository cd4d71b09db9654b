// Runs the simulator on the loopback interface until Ctrl-C: dotnet run --project samples/ImaNanoBanana.Simulator -- 5080
using System.Globalization;
using System.Runtime.InteropServices;
using ImaNanoBanana.Testing;

var port = 0;
if (args.Length > 1 || (args.Length == 1 && !int.TryParse(args[0], NumberStyles.None, CultureInfo.InvariantCulture, out port)))
{
    Console.Error.WriteLine("Usage: dotnet run --project samples/ImaNanoBanana.Simulator -- [PORT]");
    return 2;
}

using var simulator = new ImaSimulator();
await using var server = await ImaSimulatorServer.StartAsync(simulator, port);
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

return 0;

void End(PosixSignalContext context)
{
    context.Cancel = true;
    ended.TrySetResult();
}
