namespace ImaNanoBanana.Files;

/// <summary>Creates files that no other user can read.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Creates a temporary file. It disappears when its handle is closed, even if the process is killed.</summary>
    /// <returns>An empty file for reading and writing. The caller disposes it or leaves it to the garbage collector.</returns>
    public static FileStream CreateUnnamed()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        if (OperatingSystem.IsWindows())
        {
            return new FileStream(path, Options(FileOptions.Asynchronous | FileOptions.DeleteOnClose));
        }

        var options = Options(FileOptions.Asynchronous);
        options.UnixCreateMode = OwnerOnly;
        var file = new FileStream(path, options);

        // The name is deleted immediately. The file itself is deleted when its handle is closed.
        File.Delete(path);
        return file;
    }

    /// <summary>
    /// Creates a file that is moved to its destination when it is complete. No other user can read it until <see cref="Release"/>.
    /// </summary>
    /// <param name="path">A path at which nothing exists.</param>
    /// <param name="mode">The usual mode of this user's files, or null if the operating system does not support file modes.</param>
    public static FileStream Create(string path, out UnixFileMode? mode)
    {
        var file = new FileStream(path, Options(FileOptions.Asynchronous));
        mode = null;
        if (!OperatingSystem.IsWindows())
        {
            // The file is still empty.
            mode = File.GetUnixFileMode(file.SafeFileHandle);
            File.SetUnixFileMode(file.SafeFileHandle, OwnerOnly);
        }

        return file;
    }

    /// <summary>Gives the file the usual permissions of this user's files.</summary>
    public static void Release(FileStream file, UnixFileMode? mode)
    {
        if (!OperatingSystem.IsWindows() && mode is { } usual)
        {
            File.SetUnixFileMode(file.SafeFileHandle, usual);
        }
    }

    private static FileStreamOptions Options(FileOptions options) => new()
    {
        Mode = FileMode.CreateNew,
        Access = FileAccess.ReadWrite,
        Share = FileShare.None,
        Options = options,
    };
}
