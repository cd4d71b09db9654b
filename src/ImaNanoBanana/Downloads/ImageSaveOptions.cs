namespace ImaNanoBanana;

/// <summary>Specifies how images are saved.</summary>
public sealed record ImageSaveOptions
{
    /// <summary>Specifies what happens if the file already exists.</summary>
    /// <value><see cref="FileConflictBehavior.Rename"/> by default.</value>
    public FileConflictBehavior FileConflictBehavior { get; init; } = FileConflictBehavior.Rename;

    /// <summary>Receives the number of bytes written so far, after each write; null to report no progress.</summary>
    public IProgress<ImageDownloadProgress>? Progress { get; init; }
}
