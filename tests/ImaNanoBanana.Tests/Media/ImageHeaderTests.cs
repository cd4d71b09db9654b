using ImaNanoBanana.Media;

namespace ImaNanoBanana.Tests.Media;

public class ImageHeaderTests
{
    [Theory]
    [InlineData("89504E470D0A1A0A0000000D494844520000040000000300", "image/png 1024x768")]
    [InlineData("89504E470D0A1A0A0000000D494844520000000000000300", null)]
    [InlineData("89504E470D0A1A0A0000000D49484452FFFFFFFF00000300", null)]
    [InlineData("89504E470D0A1A0A0000000D4948445200000400000003", null)]
    [InlineData("89504E470D0A1A0A0000000D6948445200000400000003000", null)]
    [InlineData("47494638396110002000", "image/gif 16x32")]
    [InlineData("474946383961100020", null)]
    [InlineData("524946460000000057454250565038580000000000000000FF0300FF0200", "image/webp 1024x768")]
    [InlineData("5249464600000000574542505650384C00000000 2F FFC3BF00 0000000000", "image/webp 1024x768")]
    [InlineData("52494646000000005745425056503820000000000000009D012A 0004 0003", "image/webp 1024x768")]
    [InlineData("52494646000000005745425058585858000000000000009D012A00040003", null)]
    [InlineData("FFD8 FFE0 0004 0000 FFC0 0011 08 0300 0400 03", "image/jpeg 1024x768")]
    [InlineData("FFD8 FFFF FFC2 0011 08 0300 0400 03", "image/jpeg 1024x768")]
    [InlineData("FFD8 FFC4 0004 0000 FFC1 0011 08 0300 0400 03", "image/jpeg 1024x768")]
    [InlineData("FFD8 FFD0 FFC1 0011 08 0300 0400 03", "image/jpeg 1024x768")]
    [InlineData("FFD8 FFE0 FFFF 0000 0000 0000", null)]
    [InlineData("FFD8 FF00 0000 0000 0000 0000", null)]
    [InlineData("FFD8 FFE0 0002 1234 5678 9ABC DEF0", null)]
    [InlineData("FFD8FF", null)]
    [InlineData("3C68746D6C3E3C2F68746D6C3E", null)]
    public void Kind_and_size_are_in_the_header(string hex, string? expected)
    {
        var clean = hex.Replace(" ", "", StringComparison.Ordinal);
        var header = ImageHeader.Read(Convert.FromHexString(clean[..(clean.Length / 2 * 2)]));

        Assert.Equal(expected, header is { } read ? $"{read.MediaType} {read.Width}x{read.Height}" : null);
    }
}
