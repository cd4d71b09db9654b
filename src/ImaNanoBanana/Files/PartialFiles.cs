namespace ImaNanoBanana.Files;

/// <summary>The temporary files of downloads, beside the place of each image, and those that killed processes left there.</summary>
internal static class PartialFiles
{
    private const string Prefix = ".ima-";
    private const string Suffix = ".part";
    private const string NumberFormat = "N";

    /// <summary>
    /// Longer than any transfer may take: a file that was not written to for so long belongs to no download that is under way.
    /// </summary>
    private static readonly TimeSpan Stale = TimeSpan.FromHours(25);

    /// <summary>The same length whatever the image is called.</summary>
    public static string NewPath(string folder) => Path.Combine(folder, Prefix + Guid.NewGuid().ToString(NumberFormat) + Suffix);

    /// <summary>
    /// Removes what killed processes left in a folder. A file goes only when its name is one of ours, it is a regular file of this
    /// user, no process holds it open, and it is stale.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="now">The time as the folder's file system tells it: no two clocks are compared.</param>
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
            // Tidying is a courtesy: the next save tries again.
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
            // A download that is under way shares its file with nobody.
            using var free = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Delete);
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Still in use.
        }
    }
}
