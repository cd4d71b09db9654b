using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace ImaNanoBanana.Files;

/// <summary>Resolves paths by following their links.</summary>
internal static class RealPath
{
    /// <summary>The number of links that operating systems follow.</summary>
    private const int MostLinks = 40;

    /// <returns>The full path with all links followed. The end of the path does not have to exist.</returns>
    /// <exception cref="IOException">The links form a cycle.</exception>
    public static string Resolve(string path) => Resolve(path, 0);

    /// <returns>The path of an open file, or null if the operating system does not report it.</returns>
    public static string? Resolve(SafeFileHandle handle)
    {
        var link = new FileInfo(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{handle.DangerousGetHandle()}"));
        var path = OperatingSystem.IsLinux() && link.LinkTarget is { } target && Path.IsPathRooted(target) ? target : null;
        GC.KeepAlive(handle);
        return path;
    }

    /// <summary>Whether a file is located below a folder. Both must be real paths, without links.</summary>
    public static bool IsBelow(string folder, string file)
    {
        var relative = Path.GetRelativePath(folder, file);
        return relative is not ("." or "..")
            && !relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            && !Path.IsPathRooted(relative);
    }

    private static string Resolve(string path, int links)
    {
        if (links > MostLinks)
        {
            throw new IOException($"The path {path} contains too many links.");
        }

        var full = Path.GetFullPath(path);
        var root = Path.GetPathRoot(full)!;
        var parts = full[root.Length..].Split(
            [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
        var current = root;
        for (var index = 0; index < parts.Length; index++)
        {
            var next = Path.Combine(current, parts[index]);
            if (new FileInfo(next).LinkTarget is { } target)
            {
                return Resolve(Path.Combine([Path.Combine(current, target), .. parts[(index + 1)..]]), links + 1);
            }

            current = next;
        }

        return current;
    }
}
