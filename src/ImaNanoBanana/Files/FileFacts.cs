namespace ImaNanoBanana.Files;

/// <summary>What the operating system says of a file.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Stamp">Changes when the file is replaced or written to, as far as the operating system can tell.</param>
internal sealed record FileFacts(FileKind Kind, string Stamp)
{
    /// <summary>How many names the file has; null where the operating system does not tell.</summary>
    public uint? Names { get; init; }

    /// <summary>The number of the user who owns the file; null where the operating system does not tell.</summary>
    public uint? Owner { get; init; }
}
