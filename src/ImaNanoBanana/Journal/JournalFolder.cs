using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace ImaNanoBanana.Journal;

/// <summary>The files of a journal: one for each key, named by its hash.</summary>
/// <param name="folder">The folder's full path.</param>
/// <param name="registration">Whose keys: the same key of another registration has another file.</param>
/// <param name="open">Opens a file.</param>
internal sealed partial class JournalFolder(string folder, string registration, Func<string, FileMode, Stream> open)
{
    private const string Extension = ".json";
    private const string TemporaryExtension = ".tmp";
    private const string DamagedPrefix = "damaged:";

    /// <summary>No entry is as large; a larger file is damage.</summary>
    private const int LargestFile = 256 * 1024;

    private const int ExistsOnUnix = 17;
    private const int ExistsOnWindows = unchecked((int)0x80070050);

    public static FileStream Open(string path, FileMode mode) =>
        new(path, mode, mode == FileMode.Open ? FileAccess.Read : FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

    public void Create() => Directory.CreateDirectory(folder);

    public IEnumerable<string> Entries() => Files(EntryName());

    public IEnumerable<string> Temporaries() => Files(TemporaryName());

    public string PathOf(string operationKey)
    {
        var name = operationKey.StartsWith(DamagedPrefix, StringComparison.Ordinal) && EntryName().IsMatch(operationKey[DamagedPrefix.Length..] + Extension)
            ? operationKey[DamagedPrefix.Length..]
            : Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(registration + "\n" + operationKey)));
        return Path.Combine(folder, name + Extension);
    }

    /// <summary>Writes an entry to the disk unless there is one: the claim.</summary>
    /// <returns>False when there is one.</returns>
    public bool TryWriteNew(string path, JournalEntry entry)
    {
        Stream stream;
        try
        {
            stream = open(path, FileMode.CreateNew);
        }
        catch (IOException exception) when (exception.HResult is ExistsOnUnix or ExistsOnWindows)
        {
            return false;
        }

        Write(stream, path, entry);
        return true;
    }

    /// <summary>Writes an entry to the disk beside its place.</summary>
    /// <returns>The path of the whole file, to be moved over the entry's.</returns>
    public string WriteTemporary(string path, JournalEntry entry)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}{TemporaryExtension}";
        Write(open(temporary, FileMode.CreateNew), temporary, entry);
        return temporary;
    }

    public static void DeleteAnyhow(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What happened before is what to tell.
        }
    }

    /// <returns>The entry; null when there is no file.</returns>
    public JournalEntry? Read(string path)
    {
        try
        {
            using var stream = open(path, FileMode.Open);
            var bytes = new byte[Math.Min(stream.Length, LargestFile)];
            stream.ReadExactly(bytes);
            return JournalEntry.TryParse(Encoding.UTF8.GetString(bytes), out var entry) ? entry : Damaged(path);
        }
        catch (EndOfStreamException)
        {
            return Damaged(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>For a list, which one file that cannot be opened must not end.</summary>
    public JournalEntry? ReadAnyhow(string path)
    {
        try
        {
            return Read(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Damaged(path);
        }
    }

    private static void Write(Stream stream, string path, JournalEntry entry)
    {
        try
        {
            using (stream)
            {
                stream.Write(Encoding.UTF8.GetBytes(entry.ToJson()));
                (stream as FileStream)?.Flush(flushToDisk: true);
            }
        }
        catch
        {
            DeleteAnyhow(path);
            throw;
        }
    }

    /// <summary>
    /// A claim that is being written this moment, or whose process was killed before it was whole, or damage. In the last
    /// case an order may have been sent, so nobody can tell.
    /// </summary>
    private JournalEntry Damaged(string path) => new(DamagedPrefix + Path.GetFileNameWithoutExtension(path), "")
    {
        ClaimedAt = new DateTimeOffset(File.GetLastWriteTimeUtc(path), TimeSpan.Zero),
        Registration = registration,
    };

    private IEnumerable<string> Files(Regex name) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Where(path => name.IsMatch(Path.GetFileName(path))) : [];

    [GeneratedRegex(@"^[0-9A-F]{64}\.json\z")]
    private static partial Regex EntryName();

    [GeneratedRegex(@"^[0-9A-F]{64}\.json\.[0-9a-f]{32}\.tmp\z")]
    private static partial Regex TemporaryName();
}
