namespace ImaNanoBanana.Studio.Tests.Server;

/// <summary>The folder of the clone.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ImaNanoBanana.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run in a clone of the repository.");
        }

        return folder.FullName;
    }
}
