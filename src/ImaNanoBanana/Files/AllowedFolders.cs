namespace ImaNanoBanana.Files;

/// <summary>
/// Opens files that are located below one of several folders, after links are followed. Calls may block, like those of
/// <see cref="FileOpener"/>.
/// </summary>
internal static class AllowedFolders
{
    /// <summary>The current process; its owner is the user it runs as.</summary>
    private const string ThisProcess = "/proc/self";

    /// <returns>The open file, or null if the path does not lead into any of the folders.</returns>
    /// <exception cref="IOException">The file does not exist, is not a regular file, or could be a file from outside the
    /// folders.</exception>
    public static FileStream? Open(string path, IReadOnlyList<string> folders)
    {
        var candidates = folders.Select(RealPath.Resolve)
            .Select(folder => (Folder: folder, Path: RealPath.Resolve(Path.Combine(folder, path))))
            .Where(candidate => RealPath.IsBelow(candidate.Folder, candidate.Path))
            .ToList();
        if (candidates.Count == 0)
        {
            return null;
        }

        var (allowed, real) = candidates.Find(candidate => Path.Exists(candidate.Path)) is { Path: not null } there ? there : candidates[0];
        var file = FileOpener.Open(real);
        try
        {
            // A link may have been inserted into the path since it was checked. A file that is already open can no longer be exchanged.
            if (!RealPath.IsBelow(allowed, RealPath.Resolve(file.SafeFileHandle) ?? RealPath.Resolve(real)))
            {
                file.Dispose();
                return null;
            }

            CheckOrigin(file, allowed);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static void CheckOrigin(FileStream file, string folder)
    {
        var facts = FileOpener.ReadFacts(file.SafeFileHandle);
        if (facts.Names > 1)
        {
            throw new IOException("It has more than one name (hard links), so it could be a file from outside the allowed folders.");
        }

        if (facts.Owner is { } owner && owner != LinuxFileFacts.Read(folder)?.Owner && owner != LinuxFileFacts.Read(ThisProcess)?.Owner)
        {
            throw new IOException("It belongs neither to the owner of the allowed folder nor to the current user.");
        }
    }
}
