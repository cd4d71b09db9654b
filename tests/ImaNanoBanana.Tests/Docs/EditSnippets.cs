namespace ImaNanoBanana.Tests.Docs;

/// <summary>The C# of docs/edit.md, compiled and run. Changes the current folder.</summary>
public sealed class EditSnippets : IDisposable
{
    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0];

    private readonly string _here = Directory.GetCurrentDirectory();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly SimulatedApp _app = new();

    public EditSnippets()
    {
        Directory.SetCurrentDirectory(_folder.FullName);
        File.WriteAllBytes("photo.jpg", Jpeg);
    }

    public void Dispose()
    {
        Directory.SetCurrentDirectory(_here);
        _app.Dispose();
        TestFolder.Delete(_folder);
    }

    [Fact]
    public async Task Edit_page_runs_on_the_simulator()
    {
        await EditAsync(_app.Client);
        var images = await CollectAsync(_app.Client, Jpeg);
        await SayAsync(_app.Client, images);
        await ShareAsync(_app.Client);

        Assert.Equal(5, _app.Simulator.Charges.Count);
        Assert.Empty(_app.Simulator.Violations);
    }

    [Fact]
    public async Task Missing_image_is_rejected_with_the_message_on_the_page()
    {
        var request = new ImageRequest("make the sky red") { Images = [ImageInput.FromFile("missing.png")] };

        var refused = await Assert.ThrowsAsync<ImaException>(
            () => _app.Client.GenerateAsync(request, TestContext.Current.CancellationToken));

        Assert.Contains(refused.Message, MarkdownPage.Read("docs/edit.md").InlineCodes);
        Assert.Empty(_app.Simulator.Charges);
    }

    private static async Task EditAsync(IImaImageClient client)
    {
        // >>>
        var request = new ImageRequest("turn it into an oil painting") { Images = [ImageInput.FromFile("photo.jpg")] };
        var result = await client.GenerateAsync(request);
        var saved = await client.SaveAsync(result, "out");
        // <<<
        Assert.Equal(ImageTaskType.ImageToImage, result.Task.TaskType);
        Assert.True(File.Exists(saved[0].Path));
    }

    private static async Task<ImageInput[]> CollectAsync(IImaImageClient client, byte[] bytes)
    {
        await using var stream = new MemoryStream(bytes);
        // >>>
        ImageInput[] images =
        [
            ImageInput.FromFile("photo.jpg"),
            ImageInput.FromBytes(bytes),
            ImageInput.FromStream(stream),
            ImageInput.FromUrl("https://example.com/cat.png"),
        ];
        var collage = new ImageRequest("all of them around one table") { Images = images };
        // <<<
        Assert.Single((await client.GenerateAsync(collage)).Images);
        return images[..2];
    }

    private static async Task SayAsync(IImaImageClient client, ImageInput[] images)
    {
        // >>>
        var edit = new ImageRequest("make the sky red") { TaskType = ImageTaskType.ImageToImage, Images = images };
        // <<<
        Assert.Equal(6, (await client.QuoteAsync(edit)).Credits);
        var forgotten = await Assert.ThrowsAsync<ImaException>(() => client.GenerateAsync(edit with { Images = [] }));
        Assert.Equal(ImaInvalidRequestReason.Images, forgotten.InvalidRequestReason);
    }

    private static async Task ShareAsync(IImaImageClient client)
    {
        // >>>
        var photo = ImageInput.FromUrl(await client.UploadAsync(ImageInput.FromFile("photo.jpg")));
        string[] styles = ["an oil painting", "a pencil sketch", "a woodcut"];
        var requests = styles.Select(style => new ImageRequest($"turn it into {style}") { Images = [photo] });
        await foreach (var outcome in client.GenerateBatchAsync(requests))
        {
            Console.WriteLine($"{styles[outcome.Number!.Value - 1]}: {outcome.Result?.Image.Url}");
        }
        // <<<
    }
}
