namespace ImaNanoBanana.Files;

/// <summary>Opens files that really lie below one of some folders. Its calls may block, like those of <see cref="FileOpener"/>.</summary>
internal static class AllowedFolders
{
    /// <summary>The process itself, whose owner is the user it runs as.</summary>
    private const string ThisProcess = "/proc/self";

    /// <returns>The open file; null where the path leads into none of the folders.</returns>
    /// <exception cref="IOException">There is no such file, it is no regular one, or it could be a file from elsewhere.</exception>
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
            // A link may have been put into the path after it was looked at. What is open cannot be exchanged any more.
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
            throw new IOException("It has more than one name (hard links), so it may be a file from outside of the allowed folders.");
        }

        if (facts.Owner is { } owner && owner != LinuxFileFacts.Read(folder)?.Owner && owner != LinuxFileFacts.Read(ThisProcess)?.Owner)
        {
            throw new IOException("It belongs neither to the owner of the allowed folder nor to this user.");
        }
    }
}
