using System.IO.Enumeration;
using System.Security.Cryptography;
using System.Text;
using ImaNanoBanana.Files;

namespace ImaNanoBanana.Journal.FileJournal;

/// <summary>
/// Reads and writes the files of a journal: one for each key, named by the hash of the key and by whether the submission is open or
/// done. If a process was killed between the two states, both files exist, and the done file counts.
/// </summary>
/// <param name="folder">The full path of the folder.</param>
/// <param name="registration">The registration to which the keys belong: the same key of another registration has another file.</param>
/// <param name="open">Opens a file.</param>
internal sealed class JournalFolder(string folder, string registration, Func<string, FileMode, Stream> open)
{
    private const string DamagedPrefix = "damaged:";

    /// <summary>No entry is this large. A larger file is damaged.</summary>
    private const int LargestFile = 256 * 1024;

    private const int ExistsOnUnix = 17;
    private const int ExistsOnWindows = unchecked((int)0x80070050);

    public bool Exists => Directory.Exists(folder);

    /// <summary>The folder of the locks, next to the entries. It is never listed.</summary>
    public string LocksFolder => Path.Combine(folder, "locks");

    public static FileStream Open(string path, FileMode mode) => new(path, OwnerOnly.Options(
        mode, mode == FileMode.Open ? FileAccess.Read : FileAccess.Write, FileShare.ReadWrite | FileShare.Delete));

    public void Create() => OwnerOnly.CreateFolder(folder);

    /// <summary>Gets the time of the file system clock, which all processes that share the folder have in common.</summary>
    public DateTimeOffset Now()
    {
        OwnerOnly.CreateFolder(folder);
        OwnerOnly.CreateFolder(LocksFolder);
        var options = OwnerOnly.Options(FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        options.Options = FileOptions.DeleteOnClose;
        using var file = new FileStream(Path.Combine(LocksFolder, $"{Guid.NewGuid():N}.now"), options);
        return new DateTimeOffset(File.GetLastWriteTimeUtc(file.SafeFileHandle), TimeSpan.Zero);
    }

    public string HashOf(string idempotencyKey) =>
        idempotencyKey.StartsWith(DamagedPrefix, StringComparison.Ordinal)
            && JournalFileName.IsHash(idempotencyKey.AsSpan(DamagedPrefix.Length))
            ? idempotencyKey[DamagedPrefix.Length..]
            : Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(registration + "\n" + idempotencyKey)));

    /// <summary>Lists the files of the journal without opening any of them. Other files are ignored.</summary>
    public IReadOnlyList<JournalFile> Files(CancellationToken cancellationToken)
    {
        if (!Exists)
        {
            return [];
        }

        var files = new FileSystemEnumerable<JournalFile>(
            folder, static (ref FileSystemEntry file) => new JournalFile(file.FileName.ToString(), file.LastWriteTimeUtc))
        {
            ShouldIncludePredicate = static (ref FileSystemEntry file) => !file.IsDirectory
                && (JournalFileName.IsOpen(file.FileName) || JournalFileName.IsDone(file.FileName)
                    || JournalFileName.IsTemporary(file.FileName)),
        };
        var found = new List<JournalFile>();
        foreach (var file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            found.Add(file);
        }

        return found;
    }

    /// <summary>Claims a key: writes its entry to the disk unless the key already has one.</summary>
    /// <returns>False if the key already has an entry.</returns>
    public bool TryAdd(string hash, TaskJournalEntry entry)
    {
        if (File.Exists(PathOf(hash, JournalFileName.Done)))
        {
            return false;
        }

        // Create the file directly under its final name: only one process can create it, even if the file system has no locks.
        var path = PathOf(hash, NameOf(entry));
        Stream stream;
        try
        {
            stream = open(path, FileMode.CreateNew);
        }
        catch (IOException exception) when (exception.HResult is ExistsOnUnix or ExistsOnWindows)
        {
            return false;
        }

        DurableFile.Write(stream, path, Content(entry));
        return true;
    }

    /// <summary>Replaces the existing entry. Requires the lock. A crash leaves one of the two entries, complete.</summary>
    /// <returns>When the entry was written, by the clock of the file system.</returns>
    public DateTimeOffset Replace(string hash, TaskJournalEntry entry)
    {
        var name = NameOf(entry);
        var path = PathOf(hash, name);
        var now = DurableFile.Replace(path, JournalFileName.NewTemporary(path), Content(entry), open);
        File.Delete(PathOf(hash, name == JournalFileName.Open ? JournalFileName.Done : JournalFileName.Open));
        return now;
    }

    /// <summary>Removes an entry. Requires the lock.</summary>
    public void Remove(string hash)
    {
        File.Delete(PathOf(hash, JournalFileName.Open));
        File.Delete(PathOf(hash, JournalFileName.Done));
    }

    /// <summary>Removes a file unless it was written again in the meantime. Requires the lock.</summary>
    public void Remove(JournalFile file)
    {
        var path = Path.Combine(folder, file.Name);
        if (new DateTimeOffset(File.GetLastWriteTimeUtc(path), TimeSpan.Zero) == file.WrittenAt)
        {
            File.Delete(path);
        }
    }

    /// <returns>The entry; null if there is no file.</returns>
    public TaskJournalEntry? Read(string hash) =>
        ReadFile(PathOf(hash, JournalFileName.Done)) ?? ReadFile(PathOf(hash, JournalFileName.Open))

        // The entry was open and may have become done between the two reads.
        ?? ReadFile(PathOf(hash, JournalFileName.Done));

    /// <summary>Reads an entry for a list. A single file that cannot be opened must not end the list.</summary>
    /// <param name="file">The file.</param>
    /// <param name="ofRegistration">The registration whose entries are listed.</param>
    /// <returns>The entry; null if the file no longer exists or belongs to another registration.</returns>
    public TaskJournalEntry? ReadListed(JournalFile file, string ofRegistration)
    {
        var path = Path.Combine(folder, file.Name);
        TaskJournalEntry? entry;
        try
        {
            entry = ReadFile(path) ?? (file.IsDone ? null : ReadFile(PathOf(file.Hash, JournalFileName.Done)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            entry = Damaged(path);
        }

        return entry?.Registration == ofRegistration ? entry : null;
    }

    private static byte[] Content(TaskJournalEntry entry) => Encoding.UTF8.GetBytes(entry.ToJson());

    private static string NameOf(TaskJournalEntry entry) =>
        entry.State is TaskJournalState.Completed or TaskJournalState.Failed ? JournalFileName.Done : JournalFileName.Open;

    private string PathOf(string hash, string state) => Path.Combine(folder, hash + state);

    private TaskJournalEntry? ReadFile(string path)
    {
        try
        {
            using var stream = open(path, FileMode.Open);
            var bytes = new byte[Math.Min(stream.Length, LargestFile)];
            stream.ReadExactly(bytes);
            return TaskJournalEntry.TryFromJson(Encoding.UTF8.GetString(bytes), out var entry) ? entry : Damaged(path);
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

    /// <summary>
    /// Represents a file without a complete entry: a claim that is being written at this moment, a claim whose process was killed before
    /// it was complete, or a damaged file. In the last case, a create request may have been sent, so the outcome is unknown.
    /// </summary>
    private TaskJournalEntry Damaged(string path) => new(DamagedPrefix + Path.GetFileNameWithoutExtension(path), "")
    {
        ClaimedAt = new DateTimeOffset(File.GetLastWriteTimeUtc(path), TimeSpan.Zero),
        Registration = registration,
    };
}
