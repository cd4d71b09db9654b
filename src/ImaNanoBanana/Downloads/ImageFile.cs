using System.Globalization;

namespace ImaNanoBanana.Downloads;

/// <summary>Names of image files, and putting a whole file in its place.</summary>
internal static class ImageFile
{
    private const int LongestName = 100;

    public static string Extension(string mediaType) => mediaType switch
    {
        "image/jpeg" => ".jpg",
        _ => "." + mediaType["image/".Length..],
    };

    /// <summary>A name that every file system takes: letters, digits, hyphens and underscores.</summary>
    public static string SafeName(string text)
    {
        var name = string.Concat(text.Take(LongestName).Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' ? letter : '_'));
        return name.Length == 0 ? "image" : name;
    }

    /// <returns>Where the file is now.</returns>
    /// <exception cref="IOException">The place is taken and must not be touched.</exception>
    public static string MoveTo(string partial, string target, ExistingFile policy)
    {
        if (policy != ExistingFile.NewName)
        {
            File.Move(partial, target, overwrite: policy == ExistingFile.Replace);
            return target;
        }

        for (var number = 1; ; number++)
        {
            var free = number == 1 ? target : Path.Combine(
                Path.GetDirectoryName(target)!,
                string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(target)}-{number}{Path.GetExtension(target)}"));
            try
            {
                File.Move(partial, free, overwrite: false);
                return free;
            }
            catch (IOException) when (File.Exists(free))
            {
                // Taken, perhaps a moment ago by somebody else: the next one.
            }
        }
    }
}
