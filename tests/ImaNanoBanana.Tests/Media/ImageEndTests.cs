using ImaNanoBanana.Media;

namespace ImaNanoBanana.Tests.Media;

/// <summary>The end of an image is found by its structure, however its bytes are split into blocks, and whatever follows it.</summary>
public class ImageEndTests
{
    private const int Rounds = 20;

    private static readonly byte[] Png = Convert.FromHexString(
        "89504E470D0A1A0A" + "0000000D49484452" + "00000001000000010806000000" + "1F15C489"
        + "0000000C74455874" + "636F6D6D656E7400" + "49454E44" + "00000000" // A text that contains the name of the end chunk.
        + "0000000D49444154" + "789C636460F8CFC000000381018041" + "0000"
        + "0000000049454E44AE426082");

    private static readonly byte[] Jpeg =
    [
        0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2,
        0xFF, 0xE1, 0, 8, 0xFF, 0xD8, 0xFF, 0xD9, 0, 0, // A preview with its own end.
        0xFF, 0xFF, 0xC2, 0, 11, 8, 0, 16, 0, 16, 1, 1, 0x11, 0,
        0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 0x3F, 0, 1, 2, 0xFF, 0, 3, 0xFF, 0xD0, 4, 0xFF, 0, 0xD9, // A scan with stuffing and a restart.
        0xFF, 0xC4, 0, 4, 5, 6,
        0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 0x3F, 0, 7, 8, 9,
        0xFF, 0xD9,
    ];

    private static readonly byte[] Gif =
    [
        .. "GIF89a"u8, 2, 0, 2, 0, 0x81, 0, 0, .. new byte[12],
        0x21, 0xFF, 11, .. "NETSCAPE2.0"u8, 3, 1, 0, 0, 0,
        0x21, 0xFE, 3, 0x3B, 0x3B, 0x3B, 0, // A comment that contains end markers.
        0x2C, 0, 0, 0, 0, 2, 0, 2, 0, 0x80, 0x3B, 0x3B, 0x3B, 0x3B, 0x3B, 0x3B, 2, 2, 0x3B, 0x3B, 1, 5, 0,
        0x3B,
    ];

    private static readonly byte[] WebP = [.. "RIFF"u8, 22, 0, 0, 0, .. "WEBPVP8X"u8, 10, 0, 0, 0, 0, 0, 0, 0, 0x3F, 0, 0, 0x3F, 0, 0];

    public static TheoryData<string> Kinds => ["image/png", "image/jpeg", "image/gif", "image/webp"];

    public static TheoryData<string, string> Followed()
    {
        var data = new TheoryData<string, string>();
        foreach (var kind in Kinds)
        {
            foreach (
                var tail in new[]
                {
                    "",
                    "0A",
                    "0D0A",
                    "00",
                    new string('0', 200),
                    "FF",
                    "FFD8FF",
                    "3B3B",
                    Convert.ToHexString("MotionPhoto_Data ftypmp42"u8),
                    Convert.ToHexString(Png)
                })
            {
                data.Add(kind, tail);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Followed))]
    public void Bytes_after_the_end_are_not_an_error(string kind, string tail)
    {
        byte[] bytes = [.. Image(kind), .. Convert.FromHexString(tail)];
        var random = new Random(Seed: tail.Length);
        for (var round = 0; round < Rounds; round++)
        {
            Assert.True(IsFound(kind, bytes, random));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Image_that_is_truncated_anywhere_has_no_end(string kind)
    {
        var bytes = Image(kind);
        var random = new Random(Seed: 1);
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.False(IsFound(kind, bytes[..length], random), $"{length} of {bytes.Length} bytes");
        }
    }

    [Theory]
    [InlineData("image/png", "89504E470D0A1A0AFFFFFFFF49484452")]
    [InlineData("image/png", "89504E470D0A1A0A0000000049480052000000000000000049454E44AE426082")]
    [InlineData("image/jpeg", "FFD8FFE00001FFD9")]
    [InlineData("image/gif", "47494638396102000200000000553B")]
    public void Broken_structure_has_no_end(string kind, string hex) =>
        Assert.False(IsFound(kind, Convert.FromHexString(hex), new Random(Seed: 1)));

    public static TheoryData<string, string, bool?> Credentials() => new()
    {
        { "image/png", Convert.ToHexString(Png), false },
        { "image/png", Convert.ToHexString([.. Png[..33], 0, 0, 0, 2, .. "caBX"u8, 1, 2, 0, 0, 0, 0, .. Png[33..]]), true },
        { "image/png", Convert.ToHexString([.. Png[..33], 0, 0, 0, 4, .. "tEXt"u8, .. "caBX"u8, 0, 0, 0, 0, .. Png[33..]]), false },
        { "image/png", Convert.ToHexString([.. Png, 0, 0, 0, 0, .. "caBX"u8, 0, 0, 0, 0]), false },
        { "image/jpeg", Convert.ToHexString(Jpeg), false },
        { "image/jpeg", Convert.ToHexString([.. Jpeg[..8], .. Box("c2pa"u8), .. Jpeg[8..]]), true },
        { "image/jpeg", Convert.ToHexString([.. Jpeg[..8], .. Box("json"u8), .. Box("c2pa"u8), .. Jpeg[8..]]), true },
        { "image/jpeg", Convert.ToHexString([.. Jpeg[..8], .. Box("json"u8), .. Jpeg[8..]]), false },
        { "image/jpeg", Convert.ToHexString([.. Jpeg[..8], 0xFF, 0xEB, 0, 4, 1, 2, .. Jpeg[8..]]), false },
        { "image/webp", Convert.ToHexString(WebP), false },
        { "image/webp", Convert.ToHexString(Riff([.. "VP8X"u8, 1, 0, 0, 0, 7, 0, .. "C2PA"u8, 2, 0, 0, 0, 8, 9])), true },
        { "image/webp", Convert.ToHexString(Riff([.. "EXIF"u8, 4, 0, 0, 0, .. "C2PA"u8])), false },
        { "image/webp", Convert.ToHexString(Riff([.. "EXIF"u8, 0xFF, 0xFF, 0xFF, 0xFF, .. "C2PA"u8, 0, 0, 0, 0])), false },
        { "image/gif", Convert.ToHexString(Gif), null },
    };

    [Theory]
    [MemberData(nameof(Credentials))]
    public void Content_credentials_are_found_by_the_structure_however_the_bytes_are_split(string kind, string hex, bool? hasCredentials)
    {
        var random = new Random(Seed: hex.Length);
        for (var round = 0; round < Rounds; round++)
        {
            var end = Read(kind, Convert.FromHexString(hex), random);
            Assert.Equal((true, hasCredentials), (end.IsFound, end.HasContentCredentials));
        }
    }

    /// <summary>An APP11 segment: identifier, instance, number, and the heads of a box and of its description.</summary>
    private static byte[] Box(ReadOnlySpan<byte> kind) =>
    [
        0xFF, 0xEB, 0, 40, .. "JP"u8, 0, 1, 0, 0, 0, 1, 0, 0, 0, 30, .. "jumb"u8, 0, 0, 0, 22, .. "jumd"u8, .. kind, .. new byte[10],
    ];

    private static byte[] Riff(byte[] chunks) => [.. "RIFF"u8, (byte)(chunks.Length + 4), 0, 0, 0, .. "WEBP"u8, .. chunks];

    private static byte[] Image(string kind) => kind switch
    {
        "image/png" => Png,
        "image/jpeg" => Jpeg,
        "image/gif" => Gif,
        _ => WebP,
    };

    private static bool IsFound(string kind, byte[] bytes, Random random) => Read(kind, bytes, random).IsFound;

    private static ImageEnd Read(string kind, byte[] bytes, Random random)
    {
        var end = ImageEnd.FromMediaType(kind);
        var most = random.Next(1, 40);
        for (var at = 0; at < bytes.Length;)
        {
            var count = Math.Min(random.Next(0, most + 1), bytes.Length - at);
            end.Add(bytes.AsSpan(at, count));
            at += count;
        }

        return end;
    }
}
