// The SDK by hand: dotnet run --project samples/ImaNanoBanana.Console -f net10.0 -- generate "a cute puppy on grass"
using System.Runtime.InteropServices;
using System.Text;
using ImaNanoBanana.Cli;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
using var interrupted = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Detach);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Detach);
return await ConsoleApp.RunAsync(args, CliHost.CreateForThisProcess(), interrupted.Token);

// The first signal detaches from what was bought and says how to go on; the second one ends the process as it always does.
void Detach(PosixSignalContext signal)
{
    signal.Cancel = !interrupted.IsCancellationRequested;
    interrupted.Cancel();
}
