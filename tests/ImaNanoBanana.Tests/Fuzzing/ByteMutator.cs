namespace ImaNanoBanana.Tests.Fuzzing;

/// <summary>Damages bytes, whatever their meaning.</summary>
internal static class ByteMutator
{
    private static readonly byte[][] Insertions =
    [
        [0xEF, 0xBB, 0xBF],
        [0xFF, 0xFE],
        [0xFE, 0xFF],
        [0],
        [0xC3],
        [0xED, 0xA0, 0x80],
        [0xFF, 0xFF, 0xFF, 0xFF],
        [(byte)'\\'],
        [(byte)'"'],
        [(byte)','],
        [(byte)'}'], [(byte)'{'], [(byte)']'], [(byte)'\n'], [0x1F], [(byte)'/', (byte)'*'], [0xFF, 0xD9], [0x7F, 0xFF, 0xFF, 0xFF],
    ];

    public static byte[] Mutate(byte[] bytes, Random random)
    {
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            bytes = Once(bytes, random);
        }

        return bytes;
    }

    private static byte[] Once(byte[] bytes, Random random)
    {
        var at = random.Next(bytes.Length + 1);
        var end = random.Next(at, Math.Min(bytes.Length, at + 1 + random.Next(40)) + 1);
        switch (random.Next(13))
        {
            case 0 or 1:
                return bytes[..at];
            case 2:
                return bytes[at..];
            case 3 or 4 when at < bytes.Length:
                var flipped = (byte[])bytes.Clone();
                flipped[at] ^= (byte)(1 << random.Next(8));
                return flipped;
            case 5 when at < bytes.Length:
                var other = (byte[])bytes.Clone();
                random.NextBytes(other.AsSpan(at, end - at));
                return other;
            case 6:
                return [.. bytes[..at], .. bytes[end..]];
            case 7:
                return [.. bytes[..end], .. bytes[at..end], .. bytes[end..]];
            case 8:
                return [.. bytes[..at], .. Insertions[random.Next(Insertions.Length)], .. bytes[at..]];
            case 9:
                return [.. Insertions[random.Next(Insertions.Length)], .. bytes];
            case 10:
                return [.. bytes, .. Insertions[random.Next(Insertions.Length)]];
            case 11 when bytes.Length > 8:
                // The positions where formats store lengths.
                var huge = (byte[])bytes.Clone();
                huge.AsSpan(4, 4).Fill(0xFF);
                return huge;
            default:
                var insertion = Insertions[random.Next(Insertions.Length)];
                var over = (byte[])bytes.Clone();
                insertion.AsSpan(
                    0, Math.Min(insertion.Length, over.Length - Math.Min(at, over.Length))).CopyTo(over.AsSpan(Math.Min(at, over.Length)));
                return over;
        }
    }
}
