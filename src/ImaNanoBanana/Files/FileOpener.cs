using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace ImaNanoBanana.Files;

/// <summary>Opens regular files and nothing else. Its calls may block (a dead mount): they belong on a thread of their own.</summary>
internal static class FileOpener
{
    /// <exception cref="IOException">The path names no regular file, or it cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static FileStream Open(string path)
    {
        // Before opening, because opening a pipe waits for its other end, and opening a device may do something.
        if (ReadFacts(path) is { } before)
        {
            Check(before);
        }

        var file = new FileStream(path, new FileStreamOptions { BufferSize = 0, Options = FileOptions.Asynchronous });
        try
        {
            // Once more on what is open: the path may name something else meanwhile.
            Check(ReadFacts(file.SafeFileHandle));
            return file.CanSeek ? file : throw Special(FileKind.EmptyOrSpecial);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <returns>What the path names, links followed; null where nothing is there.</returns>
    public static FileFacts? ReadFacts(string path)
    {
        if (LinuxFileFacts.Read(path) is { } facts)
        {
            return facts;
        }

        if (Directory.Exists(path))
        {
            return new FileFacts(FileKind.Folder, "");
        }

        if (!File.Exists(path))
        {
            return null;
        }

        // What is no file has no length. Windows opens such a thing only by a name for which no file exists.
        var target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        var isFile = OperatingSystem.IsWindows() || new FileInfo(target).Length > 0;
        return new FileFacts(isFile ? FileKind.Regular : FileKind.EmptyOrSpecial, "");
    }

    public static FileFacts ReadFacts(SafeFileHandle handle) => LinuxFileFacts.Read(handle) ?? new FileFacts(
        FileKind.Regular,
        string.Create(
            CultureInfo.InvariantCulture,
            $"{RandomAccess.GetLength(handle)}:{File.GetCreationTimeUtc(handle).Ticks}:{File.GetLastWriteTimeUtc(handle).Ticks}"));

    private static void Check(FileFacts facts)
    {
        if (facts.Kind != FileKind.Regular)
        {
            throw Special(facts.Kind);
        }
    }

    private static IOException Special(FileKind kind) => new($"It is {Name(kind)} and not a regular file.");

    private static string Name(FileKind kind) => kind switch
    {
        FileKind.Folder => "a folder",
        FileKind.NamedPipe => "a named pipe",
        FileKind.Device => "a device",
        FileKind.Socket => "a socket",
        _ => "empty, or a pipe, a device or a socket,",
    };
}
