using System.Text;

namespace ImaNanoBanana.Masking;

/// <summary>
/// Finds a key in every spelling that a response may contain: unchanged, with JSON escapes (<c>\u003d</c>, <c>\/</c>), percent
/// encodings (<c>%2b</c>), HTML entities (<c>&amp;amp;</c>, <c>&amp;#x3d;</c>), any mix of them, and up to three layers of escapes
/// within escapes. Each character of the key is compared with the character that the text represents, so no list of spellings is
/// needed.
/// </summary>
/// <param name="key">The key: printable ASCII.</param>
internal sealed class KeySpelling(string key)
{
    /// <summary>JSON text within JSON text within a percent encoding has three layers.</summary>
    private const int Layers = 3;

    private readonly byte[] _key = Encoding.ASCII.GetBytes(key);

    /// <remarks>
    /// The unchanged key is found by a search for its bytes. Any other spelling contains an escape, and before its first escape at most
    /// all characters of the key but one. A product list has few escapes, so that most of it is not read character by character.
    /// </remarks>
    /// <returns>The start and the length of the next spelling of the key; a length of 0 if there is none.</returns>
    public (int Start, int Length) Find(ReadOnlySpan<byte> text, int from)
    {
        var unchanged = text[from..].IndexOf(_key) is >= 0 and var found ? from + found : text.Length;
        while (from < text.Length && EscapedCharacter.IndexIn(text[from..]) is >= 0 and var offset)
        {
            var escape = from + offset;
            for (var start = Math.Max(from, escape - _key.Length + 1); start <= escape && start <= unchanged; start++)
            {
                if ((start == escape || text[start] == _key[0]) && LengthAt(text, start) is > 0 and var length)
                {
                    return (start, length);
                }
            }

            if (unchanged <= escape)
            {
                break;
            }

            from = escape + 1;
        }

        return (unchanged, unchanged < text.Length ? _key.Length : 0);
    }

    /// <returns>The length of the spelling that starts here; 0 if none does.</returns>
    private int LengthAt(ReadOnlySpan<byte> text, int start)
    {
        // One character can be read in several ways with different lengths. All of them are followed; each end is followed once.
        Span<int> ends = stackalloc int[Layers + 1];
        Span<int> next = stackalloc int[Layers + 1];
        ends[0] = start;
        var count = 1;
        foreach (var expected in key)
        {
            var found = 0;
            foreach (var at in ends[..count])
            {
                // A plain character represents itself in every layer, and a product list consists mostly of plain characters.
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
