// Uses the SDK from the command line: dotnet run --project samples/ImaNanoBanana.Console -f net10.0 -- generate "a cute puppy on grass"
using System.Runtime.InteropServices;
using System.Text;
using ImaNanoBanana.Cli;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
using var interrupted = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Detach);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Detach);
return await ConsoleApp.RunAsync(args, CliHost.CreateForThisProcess(), interrupted.Token);

// The first signal stops waiting for the task and prints how to resume it. The second signal ends the process as usual.
void Detach(PosixSignalContext signal)
{
    signal.Cancel = !interrupted.IsCancellationRequested;
    interrupted.Cancel();
}
