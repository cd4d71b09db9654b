namespace ImaNanoBanana;

/// <summary>Provides the media types that images of the service can have. Pure.</summary>
internal static class ImageMediaTypes
{
    /// <summary>An image of any type.</summary>
    public const string Any = "image/*";

    private static readonly string[] Possible = [Any, "image/png", "image/jpeg", "image/webp", "image/gif"];

    /// <summary>The media type of a format as the service reports it.</summary>
    public static string FromFormat(string? format)
    {
        var type = "image/" + (string.Equals(format, "jpg", StringComparison.OrdinalIgnoreCase) ? "jpeg" : format);
        return Array.Find(Possible, possible => string.Equals(possible, type, StringComparison.OrdinalIgnoreCase)) ?? Any;
    }

    /// <summary>Checks only whether the requested type is possible, because the service chooses the format.</summary>
    /// <exception cref="NotSupportedException">Images of the service cannot have this type.</exception>
    public static void CheckPossible(string? requested)
    {
        if (requested is not null && !Possible.Contains(requested, StringComparer.OrdinalIgnoreCase))
        {
            throw new NotSupportedException(
                $"MediaType '{requested}' is not supported. The service chooses the format of its images. Leave MediaType out, or use one "
                    + $"of: {string.Join(", ", Possible)}. Nothing was submitted.");
        }
    }
}
