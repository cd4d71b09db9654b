namespace ImaNanoBanana.Masking;

/// <summary>
/// Finds a key in every spelling that an answer may quote it in: as it is, with JSON escapes (<c>\u003d</c>, <c>\/</c>),
/// percent encodings (<c>%2b</c>), HTML entities (<c>&amp;amp;</c>, <c>&amp;#x3d;</c>), any mix of them, and one escaped by another up to
/// three times over. Each character of the key is compared with what the text stands for, so no list of spellings is needed.
/// </summary>
/// <param name="key">The key: printable ASCII.</param>
internal sealed class KeySpelling(string key)
{
    /// <summary>A JSON text in a JSON text in a percent encoding has three.</summary>
    private const int Layers = 3;

    private readonly byte[] _starts = [.. new[] { (byte)key[0], (byte)'\\', (byte)'%', (byte)'&' }.Distinct()];

    /// <returns>Where the next spelling of the key begins and how long it is; a length of 0 where there is none.</returns>
    public (int Start, int Length) Find(ReadOnlySpan<byte> text, int from)
    {
        while (from < text.Length && text[from..].IndexOfAny(_starts) is >= 0 and var offset)
        {
            var start = from + offset;
            if (!IsOtherWord(text, start) && LengthAt(text, start) is > 0 and var length)
            {
                return (start, length);
            }

            from = start + 1;
        }

        return (text.Length, 0);
    }

    /// <summary>Most places with the key's first character are words that go on with a plain character of their own.</summary>
    private bool IsOtherWord(ReadOnlySpan<byte> text, int start)
    {
        var second = start + 1;
        var isPlain = !EscapedCharacter.MayBeginAt(text, start) && !EscapedCharacter.MayBeginAt(text, second);
        return isPlain && (second == text.Length || text[second] != key[1]);
    }

    /// <returns>How long the spelling that begins here is; 0 where none does.</returns>
    private int LengthAt(ReadOnlySpan<byte> text, int start)
    {
        // One character may be read in several ways, of several lengths. All of them are followed, each end once.
        Span<int> ends = stackalloc int[Layers + 1];
        Span<int> next = stackalloc int[Layers + 1];
        ends[0] = start;
        var count = 1;
        foreach (var expected in key)
        {
            var found = 0;
            foreach (var at in ends[..count])
            {
                // A plain character stands for itself in every layer, and a product list is full of them.
                var layers = EscapedCharacter.MayBeginAt(text, at) ? Layers : 0;
                for (var layer = 0; layer <= layers && found < next.Length; layer++)
                {
                    var (value, end) = EscapedCharacter.Read(text, at, layer);
                    if (value == expected && !next[..found].Contains(end))
                    {
                        next[found++] = end;
                    }
                }
            }

            if (found == 0)
            {
                return 0;
            }

            next[..found].CopyTo(ends);
            count = found;
        }

        var last = start;
        foreach (var end in ends[..count])
        {
            last = Math.Max(last, end);
        }

        return last - start;
    }
}
