namespace ImaNanoBanana.Files;

/// <summary>Represents what the operating system reports about a file.</summary>
/// <param name="Kind">The kind of the file.</param>
/// <param name="Stamp">A value that changes when the file is replaced or written to, as far as the operating system detects it.</param>
internal sealed record FileFacts(FileKind Kind, string Stamp)
{
    /// <summary>The number of names (hard links) of the file, or null if the operating system does not report it.</summary>
    public uint? Names { get; init; }

    /// <summary>The user ID of the file's owner, or null if the operating system does not report it.</summary>
    public uint? Owner { get; init; }
}
