using System.Buffers;

namespace ImaNanoBanana.Journal.FileJournal;

/// <summary>
/// Defines the names of a journal's files: the hash of the key, and whether the submission is open or done, so that listing the open
/// submissions reads no other files. No name ends like the content of a web project. Pure.
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

    /// <returns>The name of a temporary file, which is renamed to the given name when it is complete.</returns>
    public static string NewTemporary(string name) => $"{name}.{Guid.NewGuid():N}{Temporary}";

    public static bool IsHash(ReadOnlySpan<char> text) => text.Length == HashLength && !text.ContainsAnyExcept(HashDigits);

    public static bool IsOpen(ReadOnlySpan<char> name) => IsEntry(name, Open);

    public static bool IsDone(ReadOnlySpan<char> name) => IsEntry(name, Done);

    /// <summary>Whether the file is being written at this moment, or was being written when its process was killed.</summary>
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

    /// <returns>The hash at the start of a name of any of the three kinds.</returns>
    public static string HashOf(string name) => name[..HashLength];

    private static bool IsEntry(ReadOnlySpan<char> name, string state) =>
        name.EndsWith(state, StringComparison.Ordinal) && IsHash(name[..^state.Length]);
}
