// From a prompt to a picture on disk: dotnet run --project samples/ImaNanoBanana.QuickStart -- "a cute puppy on grass"
using ImaNanoBanana;
using ImaNanoBanana.QuickStart;
using ImaNanoBanana.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

if (args.Length == 0 || args[0] is "-h" or "--help")
{
    Console.WriteLine("Usage: dotnet run --project samples/ImaNanoBanana.QuickStart -- \"what the picture shows\"");
    Console.WriteLine("With IMA_API_KEY set it buys one image from IMA Studio; without, it uses the built-in simulator.");
    return args.Length == 0 ? 2 : 0;
}

var prompt = string.Join(' ', args);
var simulated = string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable("IMA_API_KEY"));

var services = new ServiceCollection();
var ima = services.AddImaNanoBanana();
var download = services.AddHttpClient(PictureFile.HttpClientName);
if (simulated)
{
    ima.UseSimulator();
    download.ConfigurePrimaryHttpMessageHandler(provider => provider.GetRequiredService<ImaSimulator>());
    Console.WriteLine("IMA_API_KEY is not set: this run uses the built-in simulator. It draws placeholder pictures and spends no credits.");
}

await using var provider = services.BuildServiceProvider();
using var cancel = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    cancel.Cancel();
};

var screen = new ProgressLine();
try
{
    var client = provider.GetRequiredService<IImaImageClient>();
    await foreach (var progress in client.GenerateStreamAsync(new ImageRequest(prompt), cancel.Token))
    {
        screen.Show(progress);
        if (progress.Result is not { } result)
        {
            continue;
        }

        foreach (var image in result.Images)
        {
            using var http = provider.GetRequiredService<IHttpClientFactory>().CreateClient(PictureFile.HttpClientName);
            var path = await PictureFile.SaveAsync(http, image, prompt, cancel.Token);
            screen.ShowResult(result, image, path);
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
    screen.ShowError(exception.Message, exception.Charge, exception.Task);
    return 130;
}
catch (ImaException exception)
{
    screen.ShowError(exception.Message, exception.Charge, exception.Task);
    return 1;
}
