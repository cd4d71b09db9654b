using System.Globalization;
using System.Security.Cryptography;

namespace ImaConsoleApp;

/// <summary>Creates the idempotency key of a new image. The image's file has the same name, also if a later run saves it.</summary>
internal static class ImageKey
{
    private const int RandomDigits = 6;

    public static string Create(TimeProvider time)
    {
        var now = time.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        return $"image-{now}-{RandomNumberGenerator.GetHexString(RandomDigits, lowercase: true)}";
    }
}
