using System.Buffers;

namespace ImaNanoBanana.Journal;

/// <summary>
/// The names of a journal's files: the hash of the key, and whether the purchase is open or done, so that a list of the open
/// ones reads no other file. No name ends as the content of a web project does. Pure.
/// </summary>
internal static class JournalFileName
{
    public const string Open = ".open";
    public const string Done = ".done";

    private const string Temporary = ".tmp";
    private const int HashLength = 64;
    private const int IdLength = 32;

    private static readonly SearchValues<char> HashDigits = SearchValues.Create("0123456789ABCDEF");
    private static readonly SearchValues<char> IdDigits = SearchValues.Create("0123456789abcdef");

    /// <returns>The name of a file that becomes the one with the given name, once it is whole.</returns>
    public static string NewTemporary(string name) => $"{name}.{Guid.NewGuid():N}{Temporary}";

    public static bool IsHash(ReadOnlySpan<char> text) => text.Length == HashLength && !text.ContainsAnyExcept(HashDigits);

    public static bool IsOpen(ReadOnlySpan<char> name) => IsEntry(name, Open);

    public static bool IsDone(ReadOnlySpan<char> name) => IsEntry(name, Done);

    /// <summary>What is being written this moment, or was when its process was killed.</summary>
    public static bool IsTemporary(ReadOnlySpan<char> name)
    {
        if (!name.EndsWith(Temporary, StringComparison.Ordinal))
        {
            return false;
        }

        var rest = name[..^Temporary.Length];
        var dot = rest.LastIndexOf('.');
        return dot > 0 && rest.Length - dot - 1 == IdLength && !rest[(dot + 1)..].ContainsAnyExcept(IdDigits)
            && (IsOpen(rest[..dot]) || IsDone(rest[..dot]));
    }

    /// <returns>The hash that a name of any of the three kinds begins with.</returns>
    public static string HashOf(string name) => name[..HashLength];

    private static bool IsEntry(ReadOnlySpan<char> name, string state) =>
        name.EndsWith(state, StringComparison.Ordinal) && IsHash(name[..^state.Length]);
}
