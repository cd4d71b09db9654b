namespace ImaNanoBanana.IntegrationTests.Sockets;

/// <summary>The parts of a PNG that the SDK checks: a header of 1024 x 1024 pixels, a data chunk and the end.</summary>
internal static class TestImage
{
    public static byte[] Png { get; } =
    [
        .. Convert.FromHexString("89504E470D0A1A0A0000000D494844520000040000000400"), .. new byte[9],
        .. Convert.FromHexString("000007BB49444154"), .. new byte[1983], .. Convert.FromHexString("0000000049454E44AE426082"),
    ];
}
