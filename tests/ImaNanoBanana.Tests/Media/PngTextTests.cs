using System.Buffers.Binary;
using System.Text;
using ImaNanoBanana.Media;

namespace ImaNanoBanana.Tests.Media;

/// <summary>Text chunks of a PNG: their bytes, their place, and that nothing else changes.</summary>
public class PngTextTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The bytes are written by hand, with a checksum from another program.</summary>
    [Fact]
    public void Chunk_has_the_bytes_of_the_specification() =>
        Assert.Equal("0000000C69545874410000000000E78B97EFBC81542CC740", Convert.ToHexString(PngText.Chunk("A", "狗！")));

    [Theory]
    [InlineData("Description", "a fox")]
    [InlineData("Description", "")]
    [InlineData("ImaNanoBanana", "一只狐狸 🦊\nline 2")]
    public void Chunk_can_be_read_by_the_specification(string keyword, string text)
    {
        var chunk = PngText.Chunk(keyword, text);

        var length = BinaryPrimitives.ReadInt32BigEndian(chunk);
        Assert.Equal(chunk.Length, 12 + length);
        Assert.Equal("iTXt", Encoding.ASCII.GetString(chunk, 4, 4));
        Assert.Equal(Checksum(chunk.AsSpan(4, 4 + length)), BinaryPrimitives.ReadUInt32BigEndian(chunk.AsSpan(8 + length)));
        Assert.Equal([.. Encoding.ASCII.GetBytes(keyword), 0, 0, 0, 0, 0, .. Encoding.UTF8.GetBytes(text)], chunk[8..^4]);
    }

    [Fact]
    public void Null_characters_are_left_out() =>
        Assert.Equal(PngText.Chunk("A", "ab"), PngText.Chunk("A", "a\0b\0"));

    /// <summary>The end chunk that ends every PNG has a known checksum.</summary>
    [Fact]
    public void Checksum_of_these_tests_is_that_of_png() => Assert.Equal(0xAE426082, Checksum("IEND"u8));

    /// <summary>Tails shorter and longer than the inserted bytes and than a block.</summary>
    [Theory]
    [InlineData(0, 0, 5)]
    [InlineData(10, 12, 1)]
    [InlineData(10, 12, 100)]
    [InlineData(7, 65_536, 3)]
    [InlineData(7, 65_537, 70_000)]
    [InlineData(1, 200_001, 65_536)]
    public async Task Inserted_bytes_move_what_follows(int before, int after, int inserted)
    {
        var random = new Random(Seed: after);
        var (head, tail, bytes) = (new byte[before], new byte[after], new byte[inserted]);
        random.NextBytes(head);
        random.NextBytes(tail);
        random.NextBytes(bytes);
        using var file = new MemoryStream();
        file.Write([.. head, .. tail]);

        await PngText.InsertAsync(file, before, bytes, Token);

        Assert.Equal([.. head, .. bytes, .. tail], file.ToArray());
    }

    [Theory]
    [InlineData("89504E470D0A1A0A", null)]
    [InlineData("89504E470D0A1A0A0000000049454E44AE426082", 8)]
    [InlineData("89504E470D0A1A0A00000004744558740000000000000000" + "0000000049454E44AE426082" + "0A", 24)]
    [InlineData("89504E470D0A1A0AFFFFFFFF74455874", null)]
    [InlineData("89504E470D0A1A0A0000", null)]
    public async Task End_chunk_is_found_by_the_structure(string hex, int? at)
    {
        using var file = new MemoryStream(Convert.FromHexString(hex));

        Assert.Equal((at, false), await PngText.FindEndAsync(file, Token));
    }

    /// <summary>CRC-32 bit by bit, as Annex D of the PNG specification defines it.</summary>
    internal static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        const uint Polynomial = 0xEDB88320;
        var checksum = uint.MaxValue;
        foreach (var value in bytes)
        {
            checksum ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                checksum = (checksum & 1) == 0 ? checksum >> 1 : (checksum >> 1) ^ Polynomial;
            }
        }

        return ~checksum;
    }
}
