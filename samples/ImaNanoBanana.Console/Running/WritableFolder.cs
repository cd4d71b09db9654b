namespace ImaNanoBanana.Cli.Running;

/// <summary>Whether files can be written, found out before something is bought.</summary>
internal static class WritableFolder
{
    /// <summary>The nearest folder that exists has to take files; none is made.</summary>
    public static bool Takes(string folder)
    {
        var there = folder;
        while (!Directory.Exists(there) && !File.Exists(there) && Path.GetDirectoryName(there) is { } parent)
        {
            there = parent;
        }

        try
        {
            var probe = Path.Combine(there, $".ima-{Guid.NewGuid():n}");
            using (File.Create(probe, 1, FileOptions.DeleteOnClose))
            {
                return true;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
