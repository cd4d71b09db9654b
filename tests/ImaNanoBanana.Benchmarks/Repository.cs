namespace ImaNanoBanana.Benchmarks;

/// <summary>The folder of the measured clone.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>The folder for the output of measurements.</summary>
    public static string Artifacts { get; } = Path.Combine(Root, "artifacts", "benchmarks");

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ImaNanoBanana.sln")))
            {
                return folder.FullName;
            }
        }

        return Directory.GetCurrentDirectory();
    }
}
