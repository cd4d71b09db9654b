using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace ImaNanoBanana.Files;

/// <summary>Opens regular files and nothing else. Calls may block (on a dead mount), so run them on a dedicated thread.</summary>
internal static class FileOpener
{
    /// <exception cref="IOException">The path does not refer to a regular file, or the file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The user is not allowed to read the file.</exception>
    public static FileStream Open(string path)
    {
        // Check before opening: opening a pipe waits for its other end, and opening a device may have side effects.
        if (ReadFacts(path) is { } before)
        {
            Check(before);
        }

        var file = new FileStream(path, new FileStreamOptions { BufferSize = 0, Options = FileOptions.Asynchronous });
        try
        {
            // Check again what is open: the path may refer to something else by now.
            Check(ReadFacts(file.SafeFileHandle));
            return file.CanSeek ? file : throw Special(FileKind.EmptyOrSpecial);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <returns>The facts about the target of the path, with links followed, or null if nothing exists there.</returns>
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

        // An object that is not a file has no length. Windows opens such an object only by a name for which no file exists.
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

    private static IOException Special(FileKind kind) => new($"It is {Name(kind)}, not a regular file.");

    private static string Name(FileKind kind) => kind switch
    {
        FileKind.Folder => "a folder",
        FileKind.NamedPipe => "a named pipe",
        FileKind.Device => "a device",
        FileKind.Socket => "a socket",
        _ => "empty, or a pipe, a device or a socket",
    };
}
