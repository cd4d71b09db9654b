namespace ImaNanoBanana.Cli.Commands;

/// <summary>Where the images of a batch go: below one folder, whatever its lines say. Pure.</summary>
internal sealed class BatchPlace(string root)
{
    /// <summary>The folder of <c>--output</c>, else the current one; a full path.</summary>
    public string Root { get; } = Path.TrimEndingDirectorySeparator(root);

    /// <param name="output">A line's output.</param>
    /// <returns>The full path, with the separator at its end that the output has; null where it leads out of the folder.</returns>
    public string? PathOf(string output)
    {
        if (output.Length == 0 || output.Contains('\0', StringComparison.Ordinal) || Path.IsPathRooted(output))
        {
            return null;
        }

        var full = Path.GetFullPath(output, Root);
        var relative = Path.GetRelativePath(Root, full);
        var isOutside = relative == ".." || relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            || Path.IsPathRooted(relative);
        return isOutside ? null : full;
    }
}
