using System.Buffers.Binary;

namespace ImaNanoBanana.Tests.Fuzzing;

/// <summary>What must hold of bytes that were called an image.</summary>
internal static class FuzzedImages
{
    public static string? Wrong(ImageDownload download, byte[] bytes) =>
        download.Length != bytes.Length ? "the length is wrong"
        : download.Width < 1 || download.Height < 1 ? "an image without pixels"
        : !IsWhole(download.MediaType, bytes) ? "half an image was called whole"
        : null;

    private static bool IsWhole(string mediaType, byte[] bytes) => mediaType switch
    {
        "image/png" => bytes.AsSpan().EndsWith<byte>([0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82]),
        "image/gif" => bytes[^1] == ';',
        "image/webp" => bytes.Length >= 8L + BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(4)),
        "image/jpeg" => bytes.AsSpan(Math.Max(0, bytes.Length - 16)).IndexOf<byte>([0xFF, 0xD9]) >= 0,
        _ => false,
    };
}
