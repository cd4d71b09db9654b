using ImaNanoBanana.IntegrationTests.Sockets;
namespace ImaNanoBanana.IntegrationTests.KeyLeak;

/// <summary>Uses the client as an app would, and prints everything it gets.</summary>
internal static class LeakWork
{
    public static IReadOnlyDictionary<string, Func<LeakApp, Task>> All { get; } = new Dictionary<string, Func<LeakApp, Task>>
    {
        ["models"] = async app => app.Show(await app.Client.ListModelsAsync(cancellationToken: LeakApp.Cancel)),
        ["quote"] = QuoteAsync,
        ["generate"] = app => GenerateAsync(app),
        ["edit a file"] = EditFileAsync,
        ["edit an address"] = app => GenerateAsync(app, app.Show(ImageInput.FromUrl(LeakService.InputAddress))),
        ["edit a plain http address"] = app =>
            GenerateAsync(app, ImageInput.FromUrl(LeakService.InputAddress.Replace("https", "http", StringComparison.Ordinal))),
        ["edit a relative address"] = app => GenerateAsync(app, ImageInput.FromUrl("cat.png?Signature=" + Secret.Input.Value)),
        ["edit an address with a password"] = app =>
            GenerateAsync(
                app,
                ImageInput.FromUrl(LeakService.InputAddress.Replace("//", "//me:" + Secret.Input.Value + "@", StringComparison.Ordinal))),
        ["upload"] = async app => app.Show(await app.Client.UploadAsync(ImageInput.FromBytes(TestImage.Png), LeakApp.Cancel)),
        ["watch"] = WatchAsync,
        ["save"] = SaveAsync,
        ["buy by quote"] = SubmitQuoteAsync,
        ["cancelled before"] = async app =>
            await app.Client.GenerateAsync(new ImageRequest("a puppy"), new CancellationToken(canceled: true)),
    };

    /// <summary>Makes the call that reaches an endpoint.</summary>
    public static Func<LeakApp, Task> Reaching(string endpoint) => endpoint switch
    {
        "list" => All["quote"],
        "create" => All["generate"],
        "detail" => All["watch"],
        "token" or "put" => All["edit a file"],
        _ => All["save"],
    };

    private static async Task QuoteAsync(LeakApp app) => app.Show(await app.Client.QuoteAsync(new ImageRequest("a puppy"), LeakApp.Cancel));

    private static async Task EditFileAsync(LeakApp app)
    {
        var path = app.PathOf("cat.png");
        await File.WriteAllBytesAsync(path, TestImage.Png, LeakApp.Cancel);
        await GenerateAsync(app, app.Show(ImageInput.FromFile(path)));
    }

    private static async Task GenerateAsync(LeakApp app, params ImageInput[] images)
    {
        var request = app.Show(new ImageRequest("a puppy") { Images = images });
        await foreach (var item in app.Client.GenerateStreamingAsync(request, LeakApp.Cancel))
        {
            app.Show(item);
            if (item.Task is { } task)
            {
                await File.WriteAllTextAsync(app.PathOf("task.json"), app.Show(task.ToHandle()), LeakApp.Cancel);
            }

            if (item.Result is { } result)
            {
                app.Show(await app.Client.SaveAsync(result, app.PathOf("pictures"), cancellationToken: LeakApp.Cancel));
            }
        }
    }

    private static async Task SubmitQuoteAsync(LeakApp app)
    {
        var quote = app.Show(await app.Client.QuoteAsync(new ImageRequest("a puppy"), LeakApp.Cancel));
        var task = app.Show(await app.Client.SubmitAsync(quote, LeakApp.Cancel));
        app.Show(await app.Client.GetStatusAsync(task, LeakApp.Cancel));
        app.Show(await app.Client.WaitForCompletionAsync(task, LeakApp.Cancel));
    }

    private static async Task WatchAsync(LeakApp app)
    {
        await foreach (var item in app.Client.WatchAsync(app.Show(ImageTask.FromHandle("""{"v":1,"id":"task_1"}""")), LeakApp.Cancel))
        {
            app.Show(item);
        }
    }

    private static async Task SaveAsync(LeakApp app)
    {
        var image = app.Show(new GeneratedImage(new Uri($"https://{LeakService.ImageHost}/out/1.png?Signature={Secret.Image.Value}")));
        app.Show(
            await app.Client.SaveAsync(
                image, app.PathOf("saved.png"), new ImageSaveOptions { Progress = new Printed(app) }, LeakApp.Cancel));
    }

    private sealed class Printed(LeakApp app) : IProgress<ImageDownloadProgress>
    {
        public void Report(ImageDownloadProgress value) => app.Show(value);
    }
}
