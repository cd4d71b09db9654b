namespace ImaNanoBanana.Cli.Batch;

/// <summary>Keeps the images of a batch below one folder, whatever its lines contain. Pure.</summary>
internal sealed class BatchPlace(string root)
{
    /// <summary>The full path of the folder of <c>--output</c>, or of the current folder.</summary>
    public string Root { get; } = Path.TrimEndingDirectorySeparator(root);

    /// <param name="output">The output of a line.</param>
    /// <returns>The full path, with a trailing separator if the output has one; null if it is outside the folder.</returns>
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
