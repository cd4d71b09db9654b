namespace ImaNanoBanana.Benchmarks;

/// <summary>Where the clone is that is measured.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>What a measurement writes.</summary>
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
