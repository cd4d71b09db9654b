namespace ImaNanoBanana.Files;

/// <summary>Files that no other user may read.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>A file for passing use. It is gone when its handle is, also when the process is killed.</summary>
    /// <returns>An empty file that can be read and written; the caller disposes it, or leaves it to the garbage collector.</returns>
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

        // Its name goes at once, the file with its handle.
        File.Delete(path);
        return file;
    }

    /// <summary>
    /// A file that is to be moved to its place once it is whole. Until <see cref="Release"/> nobody else may read it.
    /// </summary>
    /// <param name="path">A path at which nothing is.</param>
    /// <param name="mode">What other files of this user may be used for; null where the operating system has no such modes.</param>
    public static FileStream Create(string path, out UnixFileMode? mode)
    {
        var file = new FileStream(path, Options(FileOptions.Asynchronous));
        mode = null;
        if (!OperatingSystem.IsWindows())
        {
            // Nothing is in it yet.
            mode = File.GetUnixFileMode(file.SafeFileHandle);
            File.SetUnixFileMode(file.SafeFileHandle, OwnerOnly);
        }

        return file;
    }

    /// <summary>Lets others read the file as they may read other files of this user.</summary>
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
