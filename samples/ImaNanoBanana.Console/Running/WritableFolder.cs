namespace ImaNanoBanana.Cli.Running;

/// <summary>Checks whether files can be written, before anything is submitted.</summary>
internal static class WritableFolder
{
    /// <summary>Checks the nearest existing folder. No folder is created.</summary>
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
