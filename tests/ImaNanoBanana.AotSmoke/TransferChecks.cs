using System.Security.Cryptography;

namespace ImaNanoBanana.AotSmoke;

internal static class TransferChecks
{
    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x10];

    public static IEnumerable<Check> All =>
    [
        new("upload", UploadAsync),
        new("edit of every kind of image", EditAsync),
        new("download", DownloadAsync),
        new("save", SaveAsync),
    ];

    private static async Task UploadAsync()
    {
        using var shop = new Shop();

        var address = await shop.Client.UploadAsync(ImageInput.FromBytes(Jpeg));

        Expect.That(address.Scheme == "https" && address.AbsolutePath.EndsWith(".jpeg", StringComparison.Ordinal));
        Expect.Equal($"", $"{shop.Submitted}");
    }

    private static async Task EditAsync()
    {
        using var shop = new Shop();
        using var folder = new TemporaryFolder();
        var file = folder.File("photo.jpg");
        await File.WriteAllBytesAsync(file, Jpeg);
        using var stream = new MemoryStream(Jpeg);
        var request = new ImageRequest("turn it into an oil painting")
        {
            Images =
            [
                ImageInput.FromFile(file), ImageInput.FromBytes(Jpeg), ImageInput.FromStream(stream),
                ImageInput.FromUrl("https://images.example/1.png"), ImageInput.FromUrl(new Uri("https://images.example/2.png")),
            ],
        };

        var result = await shop.RunAsync(shop.Client.GenerateAsync(request));

        Expect.Equal($"image_to_image turn it into an oil painting {result.Task.Credits}", $"{result.Task.TaskType} {shop.Submitted}");
    }

    private static async Task DownloadAsync()
    {
        using var shop = new Shop();
        var result = await shop.RunAsync(
            shop.Client.GenerateAsync(new ImageRequest("a puppy") { AspectRatio = AspectRatio.Landscape16x9 }));
        using var picture = new MemoryStream();

        var download = await shop.Client.DownloadAsync(result.Image, picture);

        Expect.Equal($"image/png {picture.Length} True", $"{download.MediaType} {download.Length} {download.MatchesRequestedAspectRatio}");
        Expect.That(
            string.Equals(download.Sha256, Convert.ToHexString(SHA256.HashData(picture.ToArray())), StringComparison.OrdinalIgnoreCase));
    }

    private static async Task SaveAsync()
    {
        using var shop = new Shop();
        using var folder = new TemporaryFolder();
        var result = await shop.RunAsync(shop.Client.GenerateAsync(new ImageRequest("a puppy") { Count = 2 }));
        var seen = new Seen<ImageDownloadProgress>();

        var all = await shop.Client.SaveAsync(result, folder.Path);
        var one = await shop.Client.SaveAsync(
            result.Image, folder.File("puppy"), new ImageSaveOptions { Progress = seen, FileConflictBehavior = FileConflictBehavior.Fail });

        Expect.Equal($"2 1024 1024 puppy.png", $"{all.Count} {one.Width} {one.Height} {Path.GetFileName(one.Path)}");
        using (var whole = await LocalFile.OpenAsync(one.Path!))
        using (var below = await LocalFile.OpenBelowAsync(one.Path!, [folder.Path]))
        {
            Expect.Equal($"{one.Length} {one.Length}", $"{whole.Length} {below?.Length}");
        }

        Expect.That(!ImageFileName.IsTooLong(one.Path!) && ImageFileName.FromText("../x").IndexOfAny(['/', '\\']) < 0);
        Expect.That(
            all.Append(one).All(saved => new FileInfo(saved.Path!).Length == saved.Length) && seen.Items[^1].Received == one.Length);

        var labelled = await shop.Client.SaveAsync(
            result.Image, folder.File("labelled"), new ImageSaveOptions { EmbeddedRequest = new ImageRequest("a puppy") });
        Expect.That(labelled.RequestEmbedding == RequestEmbedding.Written && labelled.HasContentCredentials == false);
        Expect.That((await File.ReadAllTextAsync(labelled.Path!)).Contains("\"prompt\":\"a puppy\"", StringComparison.Ordinal));
    }
}
