namespace ImaNanoBanana.Tests.Docs;

/// <summary>The C# of docs/download.md, compiled and run. Changes the current folder.</summary>
public sealed class DownloadSnippets : IDisposable
{
    private readonly string _here = Directory.GetCurrentDirectory();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly SimulatedApp _app = new();

    public DownloadSnippets() => Directory.SetCurrentDirectory(_folder.FullName);

    public void Dispose()
    {
        Directory.SetCurrentDirectory(_here);
        _app.Dispose();
        TestFolder.Delete(_folder);
    }

    [Fact]
    public async Task Download_page_runs_on_the_simulator()
    {
        var result = await SaveAllAsync(_app.Client);
        await SaveOneAsync(_app.Client, result, TestContext.Current.CancellationToken);
        await SaveOneAsync(_app.Client, result, TestContext.Current.CancellationToken);
        await EmbedAsync(_app.Client, TestContext.Current.CancellationToken);
        await DownloadAsync(_app.Client, result, TestContext.Current.CancellationToken);

        Assert.Equal(
            ["labelled.png", "puppy.png", "task_sim_000001.png"],
            Directory.GetFiles("out").Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private static async Task<ImageResult> SaveAllAsync(IImaImageClient client)
    {
        // >>>
        var result = await client.GenerateAsync(new ImageRequest("a cute puppy on grass"));
        foreach (var file in await client.SaveAsync(result, "out"))
        {
            Console.WriteLine($"{file.Path}: {file.Width} x {file.Height}, {file.MediaType}, {file.Length} bytes");
        }
        // <<<
        return result;
    }

    private static async Task SaveOneAsync(IImaImageClient client, ImageResult result, CancellationToken cancellationToken)
    {
        // >>>
        var options = new ImageSaveOptions
        {
            FileConflictBehavior = FileConflictBehavior.Overwrite,
            Progress = new Progress<ImageDownloadProgress>(step => Console.WriteLine($"{step.Received} bytes")),
        };
        var saved = await client.SaveAsync(result.Image, Path.Combine("out", "puppy"), options, cancellationToken);
        // <<<
        Assert.Equal(Path.GetFullPath(Path.Combine("out", "puppy.png")), saved.Path);
    }

    private static async Task EmbedAsync(IImaImageClient client, CancellationToken cancellationToken)
    {
        // >>>
        var request = new ImageRequest("a cute puppy on grass");
        var puppies = await client.GenerateAsync(request, cancellationToken);
        var embedding = new ImageSaveOptions { EmbeddedRequest = request };
        var labelled = await client.SaveAsync(puppies.Image, Path.Combine("out", "labelled.png"), embedding, cancellationToken);
        Console.WriteLine($"{labelled.RequestEmbedding}, content credentials: {labelled.HasContentCredentials}");
        // <<<
        Assert.Equal((RequestEmbedding.Written, false), (labelled.RequestEmbedding, labelled.HasContentCredentials));
    }

    private static async Task DownloadAsync(IImaImageClient client, ImageResult result, CancellationToken cancellationToken)
    {
        // >>>
        using var memory = new MemoryStream();
        var download = await client.DownloadAsync(result.Image, memory, cancellationToken);
        Console.WriteLine($"{download.MediaType}, SHA-256 {download.Sha256}");
        // <<<
        Assert.Equal(memory.Length, download.Length);
    }
}
