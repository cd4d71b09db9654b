namespace ImaNanoBanana;

/// <summary>How images are saved.</summary>
public sealed record ImageSaveOptions
{
    /// <summary>What happens when the file is there already.</summary>
    /// <value><see cref="ExistingFile.NewName"/> by default.</value>
    public ExistingFile ExistingFile { get; init; } = ExistingFile.NewName;

    /// <summary>Told the bytes written so far, often; null for nobody.</summary>
    public IProgress<ImageDownloadProgress>? Progress { get; init; }
}
