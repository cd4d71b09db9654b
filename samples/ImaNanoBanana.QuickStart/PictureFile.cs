using ImaNanoBanana;

namespace ImaNanoBanana.QuickStart;

/// <summary>Saves a generated image under <c>out/</c>. Its address needs no key, and this client has none.</summary>
internal static class PictureFile
{
    public const string HttpClientName = "pictures";

    private const string Folder = "out";
    private const int LongestName = 60;

    public static async Task<string> SaveAsync(HttpClient http, GeneratedImage image, string prompt, CancellationToken cancellationToken)
    {
        if (!image.IsSecure)
        {
            throw new InvalidOperationException($"The image is at a plain http address, which this sample does not read: {image.Url}");
        }

        Directory.CreateDirectory(Folder);
        var path = FreePath(Name(prompt), image.Format ?? "png");
        var partial = path + ".part";
        await using (var file = File.Create(partial))
        {
            await using var content = await http.GetStreamAsync(image.Url, cancellationToken);
            await content.CopyToAsync(file, cancellationToken);
        }

        File.Move(partial, path);
        return path;
    }

    private static string Name(string prompt)
    {
        var letters = prompt.Select(letter => char.IsLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '-').Take(LongestName);
        var name = string.Join('-', string.Concat(letters).Split('-', StringSplitOptions.RemoveEmptyEntries));
        return name.Length == 0 ? "image" : name;
    }

    private static string FreePath(string name, string format)
    {
        for (var number = 1; ; number++)
        {
            var path = Path.Combine(Folder, $"{name}{(number == 1 ? "" : "-" + number)}.{format}");
            if (!File.Exists(path))
            {
                return path;
            }
        }
    }
}
