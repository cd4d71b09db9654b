using System.Globalization;
using ImaNanoBanana.Files;

namespace ImaNanoBanana.Downloads;

/// <summary>Maps image formats to file extensions, and moves a complete file to its target path.</summary>
internal static class ImageFile
{
    public static string Extension(string mediaType) => mediaType switch
    {
        "image/jpeg" => ".jpg",
        _ => "." + mediaType["image/".Length..],
    };

    /// <param name="format">An extension or the name of a format, with or without a dot, in any case.</param>
    /// <returns>The media type; null if the format is not PNG, JPEG, WebP or GIF.</returns>
    public static string? MediaType(string format) => format.Trim().TrimStart('.').ToUpperInvariant() switch
    {
        "PNG" or "IMAGE/PNG" => "image/png",
        "JPG" or "JPEG" or "JPE" or "JFIF" or "IMAGE/JPEG" or "IMAGE/JPG" => "image/jpeg",
        "WEBP" or "IMAGE/WEBP" => "image/webp",
        "GIF" or "IMAGE/GIF" => "image/gif",
        _ => null,
    };

    /// <returns>Whether the extension matches the media type; null if the extension is not that of an image format.</returns>
    public static bool? HasExtensionOf(string path, string mediaType) =>
        MediaType(Path.GetExtension(path)) is { } named ? named == mediaType : null;

    /// <returns>The path to which the file was moved.</returns>
    /// <exception cref="IOException">The target file exists and must not be changed.</exception>
    public static string MoveTo(string partial, string target, FileConflictBehavior policy)
    {
        if (policy != FileConflictBehavior.Rename)
        {
            File.Move(partial, target, overwrite: policy == FileConflictBehavior.Overwrite);
            return target;
        }

        for (var number = 1; ; number++)
        {
            var suffix = string.Create(CultureInfo.InvariantCulture, $"-{number}{Path.GetExtension(target)}");
            var free = number == 1 ? target : Path.Combine(
                Path.GetDirectoryName(target)!, NameLimit.Fit(Path.GetFileNameWithoutExtension(target), suffix));
            try
            {
                File.Move(partial, free, overwrite: false);
                return free;
            }
            catch (IOException) when (File.Exists(free))
            {
                // The name is taken, perhaps since a moment ago by another process. Try the next name.
            }
        }
    }
}
