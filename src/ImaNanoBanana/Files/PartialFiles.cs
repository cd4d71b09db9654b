namespace ImaNanoBanana.Files;

/// <summary>
/// Manages the temporary files of downloads, which are located beside each image, and removes those that killed processes left behind.
/// </summary>
internal static class PartialFiles
{
    private const string Prefix = ".ima-";
    private const string Suffix = ".part";
    private const string NumberFormat = "N";

    /// <summary>
    /// Longer than any transfer may take: a file that has not been written to for this long does not belong to an active download.
    /// </summary>
    private static readonly TimeSpan Stale = TimeSpan.FromHours(25);

    /// <summary>The path has the same length whatever the name of the image.</summary>
    public static string NewPath(string folder) => Path.Combine(folder, Prefix + Guid.NewGuid().ToString(NumberFormat) + Suffix);

    /// <summary>
    /// Removes the files that killed processes left in a folder. A file is removed only if its name is one of ours, it is a regular
    /// file of this user, no process has it open, and it is stale.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="now">The current time according to the folder's file system, so that two clocks are never compared.</param>
    public static void RemoveStale(string folder, DateTime now)
    {
        try
        {
            foreach (var path in Directory.EnumerateFiles(folder, Prefix + "*" + Suffix))
            {
                if (IsOurs(path) && now - File.GetLastWriteTimeUtc(path) > Stale)
                {
                    Remove(path);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Cleaning up is best effort: the next save tries again.
        }
    }

    private static bool IsOurs(string path)
    {
        var name = Path.GetFileName(path);
        return Guid.TryParseExact(name[Prefix.Length..^Suffix.Length], NumberFormat, out _)
            && new FileInfo(path).LinkTarget is null
            && FileOpener.ReadFacts(path) is { } facts
            && facts.Kind == FileKind.Regular
            && (facts.Owner is null || facts.Owner == LinuxFileFacts.Read("/proc/self")?.Owner);
    }

    private static void Remove(string path)
    {
        try
        {
            // An active download opens its file without sharing.
            using var free = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Delete);
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Still in use.
        }
    }
}
