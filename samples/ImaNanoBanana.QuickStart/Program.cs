// Generates an image from a prompt and saves it: dotnet run --project samples/ImaNanoBanana.QuickStart -- "a cute puppy on grass"
using ImaNanoBanana;
using ImaNanoBanana.QuickStart;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

if (args is ["-h" or "--help", ..])
{
    Console.WriteLine(Arguments.Usage);
    return 0;
}

var (arguments, problem) = Arguments.Parse(args);
if (arguments is null)
{
    Console.Error.WriteLine(problem);
    Console.Error.WriteLine(Arguments.Usage);
    return 2;
}

var services = new ServiceCollection();
var ima = services.AddImaNanoBanana();
if (string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable("IMA_API_KEY")))
{
    ima.UseSimulator();
    Console.WriteLine("IMA_API_KEY is not set: this run uses the built-in simulator. It draws placeholder images and spends no credits.");
}

await using var provider = services.BuildServiceProvider();
using var cancel = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    cancel.Cancel();
};

var screen = new ProgressLine();
ImageTask? task = null;
try
{
    var client = provider.GetRequiredService<IImaImageClient>();
    await foreach (var progress in client.GenerateStreamingAsync(arguments.Request, cancel.Token))
    {
        screen.Show(progress);
        task = progress.Task;
        if (progress.Result is { } result)
        {
            var path = arguments.Output ?? Path.Combine("out", PictureName.FromPrompt(arguments.Request.Prompt));
            foreach (var image in result.Images)
            {
                screen.ShowResult(result, await client.SaveAsync(image, path, cancellationToken: cancel.Token));
            }
        }
    }

    return 0;
}
catch (OptionsValidationException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 2;
}
catch (ImageGenerationCanceledException exception)
{
    screen.ShowError(exception.Message, exception.ChargeStatus, exception.Task ?? task);
    return 130;
}
catch (ImaException exception)
{
    screen.ShowError(exception.Message, exception.ChargeStatus, exception.Task ?? task);
    return 1;
}
catch (IOException exception)
{
    screen.ShowError("The image could not be saved: " + exception.Message, ImaChargeStatus.Charged, task);
    return 1;
}
