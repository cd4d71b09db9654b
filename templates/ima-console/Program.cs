// Generates an image and saves it: dotnet run -- "a cute puppy on grass"
using System.Runtime.InteropServices;
using ImaConsoleApp;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

if (args is ["-h" or "--help", ..])
{
    Console.WriteLine(Arguments.Usage);
    return ExitCode.Done;
}

if (Arguments.Parse(args) is not { } arguments)
{
    Console.Error.WriteLine(Arguments.Usage);
    return ExitCode.Usage;
}

using var cancel = new CancellationTokenSource();
using var pressed = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
using var stopped = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);

try
{
    var services = new ServiceCollection();
    if (ImaSetup.AddIma(services) is { } notice)
    {
        Console.WriteLine(notice);
    }

    await using var provider = services.BuildServiceProvider();
    var images = new ImageFiles(provider.GetRequiredService<IImaImageClient>(), arguments.Folder, Console.Out, Console.Error);

    // What an earlier run was charged for comes first. This submits nothing.
    await images.ResumeAsync(cancel.Token);
    if (arguments.Prompt is { } prompt)
    {
        var key = arguments.Key ?? ImageKey.Create(TimeProvider.System);
        await images.GenerateAsync(new ImageRequest(prompt) { IdempotencyKey = key }, cancel.Token);
    }

    return ExitCode.Done;
}
catch (OptionsValidationException exception)
{
    Console.Error.WriteLine(exception.Message);
    return ExitCode.Usage;
}
catch (ImaException exception)
{
    Console.Error.WriteLine(ErrorText.Of(exception));
    return ExitCode.Failed;
}
catch (ImageGenerationCanceledException exception)
{
    Console.Error.WriteLine(ErrorText.Of(exception));
    return ExitCode.Canceled;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Canceled. Nothing was submitted; run the program again to continue unfinished images.");
    return ExitCode.Canceled;
}
catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"The image could not be saved: {exception.Message} It was charged. The next run saves it at no cost.");
    return ExitCode.Failed;
}

void Cancel(PosixSignalContext context)
{
    context.Cancel = true;
    cancel.Cancel();
}
