using System.Buffers.Binary;

namespace ImaNanoBanana.Tests.Fuzzing;

/// <summary>What must hold for bytes that were declared an image.</summary>
internal static class FuzzedImages
{
    public static string? Wrong(ImageDownload download, byte[] bytes) =>
        download.Length != bytes.Length ? "the length is wrong"
        : download.Width < 1 || download.Height < 1 ? "an image without pixels"
        : !IsWhole(download.MediaType, bytes) ? "an image without an end was reported as complete"
        : null;

    private static bool IsWhole(string mediaType, byte[] bytes) => mediaType switch
    {
        "image/png" => bytes.AsSpan().IndexOf("IEND"u8) is > 0 and { } end && end + 8 <= bytes.Length,
        "image/gif" => bytes.Contains((byte)';'),
        "image/webp" => bytes.Length >= 8L + BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(4)),
        "image/jpeg" => bytes.AsSpan().IndexOf<byte>([0xFF, 0xD9]) >= 0,
        _ => false,
    };
}
