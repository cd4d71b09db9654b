namespace ImaNanoBanana.Mcp.Files;

/// <summary>Whether a file lies below a folder. Pure; of real paths, without links in them.</summary>
internal static class FilePermission
{
    public static bool IsBelow(string folder, string file)
    {
        var relative = Path.GetRelativePath(folder, file);
        return relative is not ("." or "..")
            && !relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            && !Path.IsPathRooted(relative);
    }
}
