using System.IO.Enumeration;
using System.Security.Cryptography;
using System.Text;
using ImaNanoBanana.Files;

namespace ImaNanoBanana.Journal;

/// <summary>
/// The files of a journal: one for each key, named by its hash and by whether the purchase is open or done. Where a process
/// was killed between the two, both are there, and the done one counts.
/// </summary>
/// <param name="folder">The folder's full path.</param>
/// <param name="registration">Whose keys: the same key of another registration has another file.</param>
/// <param name="open">Opens a file.</param>
internal sealed class JournalFolder(string folder, string registration, Func<string, FileMode, Stream> open)
{
    private const string DamagedPrefix = "damaged:";

    /// <summary>No entry is as large; a larger file is damage.</summary>
    private const int LargestFile = 256 * 1024;

    private const int ExistsOnUnix = 17;
    private const int ExistsOnWindows = unchecked((int)0x80070050);

    public bool Exists => Directory.Exists(folder);

    /// <summary>Beside the entries, and never listed.</summary>
    public string LocksFolder => Path.Combine(folder, "locks");

    public static FileStream Open(string path, FileMode mode) => new(path, OwnerOnly.Options(
        mode, mode == FileMode.Open ? FileAccess.Read : FileAccess.Write, FileShare.ReadWrite | FileShare.Delete));

    public void Create() => OwnerOnly.CreateFolder(folder);

    /// <summary>The time by the clock of the file system, which all processes that share the folder have in common.</summary>
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

    /// <summary>The journal's files, without opening one. Others are left alone.</summary>
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

    /// <summary>Writes an entry to the disk unless there is one: the claim.</summary>
    /// <returns>False when there is one.</returns>
    public bool TryAdd(string hash, TaskJournalEntry entry)
    {
        if (File.Exists(PathOf(hash, JournalFileName.Done)))
        {
            return false;
        }

        // Straight to its place: creating a file is what only one can do, also where the file system has no locks.
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

        Write(stream, path, entry);
        return true;
    }

    /// <summary>Puts an entry in the place of the one that is there. Needs the lock. A crash leaves one of both, whole.</summary>
    /// <returns>When it was written, by the clock of the file system.</returns>
    public DateTimeOffset Replace(string hash, TaskJournalEntry entry)
    {
        var name = NameOf(entry);
        var path = PathOf(hash, name);
        var temporary = JournalFileName.NewTemporary(path);
        try
        {
            Write(open(temporary, FileMode.CreateNew), temporary, entry);
            var now = new DateTimeOffset(File.GetLastWriteTimeUtc(temporary), TimeSpan.Zero);
            File.Move(temporary, path, overwrite: true);
            File.Delete(PathOf(hash, name == JournalFileName.Open ? JournalFileName.Done : JournalFileName.Open));
            return now;
        }
        finally
        {
            DeleteAnyhow(temporary);
        }
    }

    /// <summary>Removes an entry. Needs the lock.</summary>
    public void Remove(string hash)
    {
        File.Delete(PathOf(hash, JournalFileName.Open));
        File.Delete(PathOf(hash, JournalFileName.Done));
    }

    /// <summary>Removes a file that nobody has written meanwhile. Needs the lock.</summary>
    public void Remove(JournalFile file)
    {
        var path = Path.Combine(folder, file.Name);
        if (new DateTimeOffset(File.GetLastWriteTimeUtc(path), TimeSpan.Zero) == file.WrittenAt)
        {
            File.Delete(path);
        }
    }

    /// <returns>The entry; null when there is no file.</returns>
    public TaskJournalEntry? Read(string hash) =>
        ReadFile(PathOf(hash, JournalFileName.Done)) ?? ReadFile(PathOf(hash, JournalFileName.Open))

        // It was open and may have been done between the two looks.
        ?? ReadFile(PathOf(hash, JournalFileName.Done));

    /// <summary>For a list, which one file that cannot be opened must not end.</summary>
    /// <returns>The entry; null when the file is gone or another registration's.</returns>
    public TaskJournalEntry? ReadListed(JournalFile file)
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

        return entry?.Registration == registration ? entry : null;
    }

    private static void Write(Stream stream, string path, TaskJournalEntry entry)
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

    private static void DeleteAnyhow(string path)
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
            return TaskJournalEntry.TryParse(Encoding.UTF8.GetString(bytes), out var entry) ? entry : Damaged(path);
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
    /// A claim that is being written this moment, or whose process was killed before it was whole, or damage. In the last
    /// case an order may have been sent, so nobody can tell.
    /// </summary>
    private TaskJournalEntry Damaged(string path) => new(DamagedPrefix + Path.GetFileNameWithoutExtension(path), "")
    {
        ClaimedAt = new DateTimeOffset(File.GetLastWriteTimeUtc(path), TimeSpan.Zero),
        Registration = registration,
    };
}
