using ImaNanoBanana.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace ImaNanoBanana.Tests.Docs;

/// <summary>The C# of the README, compiled and run. Each region between the marks is one fenced block, in order. Runs alone: it changes the current folder.</summary>
[CollectionDefinition(nameof(ReadmeSnippets), DisableParallelization = true)]
[Collection(nameof(ReadmeSnippets))]
public sealed class ReadmeSnippets : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Readme_code_runs_on_the_simulator()
    {
        var (key, handleFile, cancellationToken) = ("ima_key", Path.Combine(_folder.FullName, "handle.json"), TestContext.Current.CancellationToken);
        using (Register(key))
        {
        }

        using var simulator = new ImaSimulator { ProcessingTime = TimeSpan.Zero };
        await using var provider = new ServiceCollection().AddImaNanoBanana().UseSimulator(simulator).Services.BuildServiceProvider();
        var client = provider.GetRequiredService<IImaImageClient>();
        await GenerateAsync(client);
        await QuoteAsync(client);
        await StreamAsync(client, handleFile, cancellationToken);
        await ResumeAsync(client, handleFile);
        await OrderOnceAsync(client);
        await EditAsync(client);
        await FailAsync(client);
        Script(key);
        await using var simulated = Simulate();
        Assert.NotNull(simulated.GetRequiredService<IImaImageClient>());
        Assert.Equal(6, simulator.Charges.Count);
    }

    private static ServiceProvider Register(string key)
    {
        // >>>
        var services = new ServiceCollection();
        services.AddImaNanoBanana(options => options.ApiKey = key);
        // <<<
        return services.BuildServiceProvider();
    }

    private static async Task GenerateAsync(IImaImageClient client)
    {
        // >>>
        var result = await client.GenerateAsync(new ImageRequest("a cute puppy on grass"));
        Console.WriteLine($"{result.Image.Url} for {result.Task.Credits} credits");
        // <<<
    }

    private static async Task QuoteAsync(IImaImageClient client)
    {
        // >>>
        var quote = await client.QuoteAsync(new ImageRequest("city skyline at night")
        {
            Model = ImageModel.NanoBananaPro,
            Size = ImageSize.Size4K,
            AspectRatio = AspectRatio.Wide16x9,
        });
        Console.WriteLine($"{quote.ModelName}, {quote.Size}, {quote.AspectRatio}: {quote.Credits} credits");
        var task = await client.StartAsync(quote);
        // <<<
        Assert.Equal(18, task.Credits);
    }

    private static async Task StreamAsync(IImaImageClient client, string handleFile, CancellationToken cancellationToken)
    {
        // >>>
        await foreach (var progress in client.GenerateStreamAsync(new ImageRequest("a cute puppy on grass"), cancellationToken))
        {
            Console.WriteLine($"{progress.Stage} {progress.Percent}% after {progress.Elapsed.TotalSeconds:0} s");
            if (progress.Stage == ImageStage.Accepted)
            {
                await File.WriteAllTextAsync(handleFile, progress.Task!.ToHandle(), cancellationToken);
            }
        }
        // <<<
    }

    private static async Task ResumeAsync(IImaImageClient client, string handleFile)
    {
        // >>>
        var task = ImageTask.Parse(await File.ReadAllTextAsync(handleFile));
        var result = await client.WaitAsync(task);
        // <<<
        Assert.Single(result.Images);
    }

    private static async Task OrderOnceAsync(IImaImageClient client)
    {
        // >>>
        var once = await client.StartAsync(new ImageRequest("a cute puppy on grass") { OperationKey = "order-4711" });
        var again = await client.StartAsync(new ImageRequest("a cute puppy on grass") { OperationKey = "order-4711" });
        Console.WriteLine(once == again);
        // <<<
        Assert.Equal(once, again);
    }

    private async Task EditAsync(IImaImageClient client)
    {
        var photo = Path.Combine(_folder.FullName, "photo.jpg");
        await File.WriteAllBytesAsync(photo, [0xFF, 0xD8, 0xFF, 0xE0]);
        var here = Directory.GetCurrentDirectory();
        Directory.SetCurrentDirectory(_folder.FullName);
        // >>>
        var edit = new ImageRequest("turn it into an oil painting") { Images = [ImageInput.FromFile(photo)] };
        var painted = await client.GenerateAsync(edit);
        var saved = await client.SaveAsync(painted, "out");
        Console.WriteLine($"{saved[0].Path}: {saved[0].Width} x {saved[0].Height}, {saved[0].MediaType}");
        // <<<
        Directory.SetCurrentDirectory(here);
        Assert.True(File.Exists(saved[0].Path));
    }

    private static async Task FailAsync(IImaImageClient client)
    {
        // >>>
        try
        {
            await client.GenerateAsync(new ImageRequest("a cute puppy on grass"));
        }
        catch (ImaException exception)
        {
            // Kind: what happened. Charge: No, Yes or Unknown. Retry: Safe, Useless or Dangerous. Task: set when there is one.
            Console.WriteLine($"{exception.Kind}: {exception.Message} (charged: {exception.Charge}, order again: {exception.Retry})");
        }
        // <<<
    }

    private static void Script(string key)
    {
        // >>>
        using var client = ImaImageClient.Create(key);
        // <<<
    }

    private static ServiceProvider Simulate()
    {
        var services = new ServiceCollection();
        // >>>
        services.AddImaNanoBanana().UseSimulator();
        // <<<
        return services.BuildServiceProvider();
    }
}
