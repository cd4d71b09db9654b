namespace ImaNanoBanana;

/// <summary>How images are saved.</summary>
public sealed record ImageSaveOptions
{
    /// <summary>What happens when the file is there already.</summary>
    /// <value><see cref="FileConflictBehavior.Rename"/> by default.</value>
    public FileConflictBehavior FileConflictBehavior { get; init; } = FileConflictBehavior.Rename;

    /// <summary>Told the bytes written so far, often; null for nobody.</summary>
    public IProgress<ImageDownloadProgress>? Progress { get; init; }
}
