namespace ImaNanoBanana;

/// <summary>The media types that images of the service can have. Pure.</summary>
internal static class ImageMediaTypes
{
    /// <summary>An image, of whatever kind.</summary>
    public const string Any = "image/*";

    private static readonly string[] Possible = [Any, "image/png", "image/jpeg", "image/webp", "image/gif"];

    /// <summary>The media type of a format as the service reports it.</summary>
    public static string FromFormat(string? format)
    {
        var type = "image/" + (string.Equals(format, "jpg", StringComparison.OrdinalIgnoreCase) ? "jpeg" : format);
        return Array.Find(Possible, possible => string.Equals(possible, type, StringComparison.OrdinalIgnoreCase)) ?? Any;
    }

    /// <summary>The service chooses the format, so a wish is only checked for being possible.</summary>
    /// <exception cref="NotSupportedException">No image of the service has this type.</exception>
    public static void CheckPossible(string? requested)
    {
        if (requested is not null && !Possible.Contains(requested, StringComparer.OrdinalIgnoreCase))
        {
            throw new NotSupportedException(
                $"MediaType '{requested}' is not offered. The service chooses the format of its images; leave MediaType out, or use one "
                    + $"of: {string.Join(", ", Possible)}. Nothing was ordered.");
        }
    }
}
