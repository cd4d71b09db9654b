using ImaNanoBanana.Downloads;
using ImaNanoBanana.Files;

namespace ImaNanoBanana.Client.Saving;

/// <summary>
/// Saves an image: downloads it to a temporary file in the target folder, verifies it, and moves it to the target path in one step.
/// </summary>
internal static class ImageSaver
{
    public static async Task<ImageDownload> SaveAsync(
        IImaImageClient client, GeneratedImage image, string path, ImageSaveOptions options, CancellationToken cancellationToken)
    {
        var full = Place(image, path);
        if (ImageFileName.IsTooLong(full))
        {
            throw new PathTooLongException(
                $"The name of '{full}' is longer than the {NameLimit.LongestName} bytes that file systems allow, or the path is too "
                    + "long. Nothing was downloaded.");
        }

        // Anything wrong with the request is an error before the download.
        var text = options.EmbeddedRequest is { } request ? EmbeddedRequestDocument.Chunks(request, image) : null;
        var folder = Path.GetDirectoryName(full)!;
        Directory.CreateDirectory(folder);
        var partial = PartialFiles.NewPath(folder);
        var tidying = Task.CompletedTask;
        try
        {
            ImageDownload download;
            var file = PrivateFile.Create(partial, out var mode);
            await using (file.ConfigureAwait(false))
            {
                var now = File.GetLastWriteTimeUtc(file.SafeFileHandle);
                tidying = Task.Run(() => PartialFiles.RemoveStale(folder, now), CancellationToken.None);
                using var destination = new ReportingStream(file, full, options.Progress);
                download = await ClientAnswer.RequiredAsync(
                    client.DownloadAsync(image, destination, cancellationToken)!, nameof(client.DownloadAsync), "SaveAsync")
                    .ConfigureAwait(false);
                download = text is null
                    ? download
                    : await RequestEmbedder.EmbedAsync(
                        file, download, text, options.EmbedDespiteContentCredentials, cancellationToken).ConfigureAwait(false);
                await file.FlushAsync(cancellationToken).ConfigureAwait(false);
                PrivateFile.Release(file, mode);
            }

            var target = ImageFile.MoveTo(
                partial, Path.HasExtension(full) ? full : full + ImageFile.Extension(download.MediaType), options.FileConflictBehavior);
            return download with { Path = target, ExtensionMatchesMediaType = ImageFile.HasExtensionOf(target, download.MediaType) };
        }
        finally
        {
            File.Delete(partial);
            await tidying.ConfigureAwait(false);
        }
    }

    /// <summary>Gets the target path. If the path is a folder, the file name is taken from the URL of the image.</summary>
    private static string Place(GeneratedImage image, string path)
    {
        var full = Path.GetFullPath(path);
        return Path.EndsInDirectorySeparator(path) || Directory.Exists(full)
            ? Path.Combine(
                full,
                ImageFileName.FromText(
                    image.Url.IsAbsoluteUri ? Path.GetFileNameWithoutExtension(Uri.UnescapeDataString(image.Url.AbsolutePath)) : ""))
            : full;
    }
}
