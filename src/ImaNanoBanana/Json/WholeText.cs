using System.Buffers;
using System.Text;

namespace ImaNanoBanana.Json;

/// <summary>Finds texts that JSON would change.</summary>
internal static class WholeText
{
    /// <summary>
    /// Checks that a text can be written. Half of a surrogate pair would become another character, and the request that is read would
    /// be valid although the one that was written is not.
    /// </summary>
    /// <exception cref="NotSupportedException">The text contains half of a surrogate pair.</exception>
    public static string Check(string text, string name)
    {
        var rest = text.AsSpan();
        while (Rune.DecodeFromUtf16(rest, out _, out var length) == OperationStatus.Done)
        {
            rest = rest[length..];
        }

        return rest.IsEmpty
            ? text
            : throw new NotSupportedException(
                $"The {name} cannot be written as JSON because it contains half of a surrogate pair. Cut text only between whole "
                    + "characters.");
    }
}
