using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace ImaNanoBanana.Files;

/// <summary>Paths as they really are.</summary>
internal static class RealPath
{
    /// <summary>As many as operating systems follow.</summary>
    private const int MostLinks = 40;

    /// <returns>The full path with every link in it followed, also where the end of it does not exist.</returns>
    /// <exception cref="IOException">The links lead round in a circle.</exception>
    public static string Resolve(string path) => Resolve(path, 0);

    /// <returns>The path of an open file; null where the operating system does not tell.</returns>
    public static string? Resolve(SafeFileHandle handle)
    {
        var link = new FileInfo(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{handle.DangerousGetHandle()}"));
        var path = OperatingSystem.IsLinux() && link.LinkTarget is { } target && Path.IsPathRooted(target) ? target : null;
        GC.KeepAlive(handle);
        return path;
    }

    /// <summary>Whether a file lies below a folder. Of real paths, without links in them.</summary>
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
            throw new IOException($"There are too many links in {path}.");
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
