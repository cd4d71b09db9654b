using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ImaNanoBanana.Tests.Docs;

/// <summary>
/// The C# of the README, compiled and run. Each region between the marks is one fenced block, in order. Changes the current
/// folder.
/// </summary>
[SuppressMessage("Design", "CA1034", Justification = "Shown as an app's own class would be written.")]
public sealed class ReadmeSnippets : IDisposable
{
    private readonly string _here = Directory.GetCurrentDirectory();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose()
    {
        Directory.SetCurrentDirectory(_here);
        TestFolder.Delete(_folder);
    }

    [Fact]
    public async Task Readme_code_runs_on_the_simulator()
    {
        var (handleFile, cancellationToken) = (Path.Combine(_folder.FullName, "handle.json"), TestContext.Current.CancellationToken);
        using var app = new SimulatedApp();
        var client = app.Client;
        await GenerateAsync(client);
        await EditAsync(client);
        await StreamAsync(client, handleFile, cancellationToken);
        await QuoteAsync(client);
        await ResumeAsync(client, handleFile);
        await SubmitOnceAsync(client);
        await FailAsync(client);
        Assert.Equal(6, app.Simulator.Charges.Count);
        Assert.Empty(app.Simulator.Violations);
    }

    [Fact]
    public async Task App_with_a_container_generates_an_image()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        Register(builder);
        Simulate(builder.Services);
        builder.Services.AddSingleton<Postcards>();
        using var host = builder.Build();
        host.Services.GetRequiredService<ImaSimulator>().ProcessingTime = TimeSpan.Zero;

        var picture = await host.Services.GetRequiredService<Postcards>().DrawAsync("a puppy", TestContext.Current.CancellationToken);

        Assert.Equal("https", picture.Scheme);
    }

    [Fact]
    public void Script_creates_a_client() => Script("ima_key");

    private static void Register(HostApplicationBuilder builder)
    {
        // >>>
        builder.Services.AddImaNanoBanana();
        // <<<
    }

    // >>>
    public sealed class Postcards(IImaImageClient client)
    {
        public async Task<Uri> DrawAsync(string prompt, CancellationToken cancellationToken)
        {
            var result = await client.GenerateAsync(new ImageRequest(prompt), cancellationToken);
            return result.Image.Url;
        }
    }
    // <<<

    private static void Script(string key)
    {
        // >>>
        using var client = new ImaImageClient(key);
        // <<<
        Assert.NotNull(client.Journal);
    }

    private async Task GenerateAsync(IImaImageClient client)
    {
        Directory.SetCurrentDirectory(_folder.FullName);
        // >>>
        var result = await client.GenerateAsync(new ImageRequest("a cute puppy on grass"));
        var saved = await client.SaveAsync(result, "out");
        Console.WriteLine($"{saved[0].Path}: {saved[0].Width} x {saved[0].Height}, {result.Task.Credits} credits");
        // <<<
        Assert.True(File.Exists(saved[0].Path));
    }

    private async Task EditAsync(IImaImageClient client)
    {
        var photo = Path.Combine(_folder.FullName, "photo.jpg");
        await File.WriteAllBytesAsync(photo, [0xFF, 0xD8, 0xFF, 0xE0]);
        // >>>
        var edit = new ImageRequest("turn it into an oil painting") { Images = [ImageInput.FromFile(photo)] };
        var painted = await client.GenerateAsync(edit);
        // <<<
        Assert.Equal(ImageTaskType.ImageToImage, painted.Task.TaskType);
    }

    private static async Task StreamAsync(IImaImageClient client, string handleFile, CancellationToken cancellationToken)
    {
        // >>>
        await foreach (var progress in client.GenerateStreamingAsync(new ImageRequest("a cute puppy on grass"), cancellationToken))
        {
            Console.WriteLine($"{progress.Stage} {progress.Percent ?? 0}% after {progress.Elapsed.TotalSeconds:0} s");
            if (progress.Stage == ImageStage.Accepted)
            {
                await File.WriteAllTextAsync(handleFile, progress.Task!.ToHandle(), cancellationToken);
            }
        }
        // <<<
    }

    private static async Task QuoteAsync(IImaImageClient client)
    {
        // >>>
        var quote = await client.QuoteAsync(new ImageRequest("city skyline at night")
        {
            Model = ImageModel.NanoBananaPro,
            Size = ImageSize.Size4K,
            AspectRatio = AspectRatio.Landscape16x9,
            MaxCredits = 20,
        });
        Console.WriteLine($"{quote.ModelName}, {quote.Size}, {quote.AspectRatio}: {quote.Credits} credits");
        var task = await client.SubmitAsync(quote);
        // <<<
        Assert.Equal(18, task.Credits);
    }

    private static async Task ResumeAsync(IImaImageClient client, string handleFile)
    {
        // >>>
        var task = ImageTask.FromHandle(await File.ReadAllTextAsync(handleFile));
        var result = await client.WaitForCompletionAsync(task);
        // <<<
        Assert.Single(result.Images);
    }

    private static async Task SubmitOnceAsync(IImaImageClient client)
    {
        // >>>
        var once = await client.SubmitAsync(new ImageRequest("a cute puppy on grass") { IdempotencyKey = "order-4711" });
        var again = await client.SubmitAsync(new ImageRequest("a cute puppy on grass") { IdempotencyKey = "order-4711" });
        Console.WriteLine(once == again);
        // <<<
        Assert.Equal(once, again);
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
            // Kind: what happened. ChargeStatus: NotCharged, Charged or Unknown. RetryGuidance: what to do next. Task: if there is one.
            Console.WriteLine(
                $"{exception.Kind}: {exception.Message} (charged: {exception.ChargeStatus}, next: {exception.RetryGuidance})");
        }
        // <<<
    }

    private static void Simulate(IServiceCollection services)
    {
        // >>>
        services.AddImaNanoBanana().UseSimulator();
        // <<<
    }
}
