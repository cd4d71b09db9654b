namespace ImaNanoBanana;

/// <summary>Specifies how images are saved.</summary>
public sealed record ImageSaveOptions
{
    /// <summary>Specifies what happens if the file already exists.</summary>
    /// <value><see cref="FileConflictBehavior.Rename"/> by default.</value>
    public FileConflictBehavior FileConflictBehavior { get; init; } = FileConflictBehavior.Rename;

    /// <summary>
    /// The request to write into the file, so that the file says how it was made: the prompt, model, size, aspect ratio and additional
    /// parameters, as text chunks (<c>iTXt</c>, UTF-8) of a PNG with the keywords <c>Description</c> and <c>ImaNanoBanana</c>. Everyone
    /// who gets the file can read them. All other chunks are kept byte for byte. Files of other formats are not changed;
    /// <see cref="ImageDownload.RequestEmbedding"/> says what was done.
    /// </summary>
    /// <value>Null by default: the file contains exactly the bytes that the service delivered.</value>
    public ImageRequest? EmbeddedRequest { get; init; }

    /// <summary>
    /// Whether <see cref="EmbeddedRequest"/> is also written into an image with content credentials (C2PA). Their signature covers the
    /// bytes of the file, so that programs then report the image as changed.
    /// </summary>
    /// <value>False by default: such an image is saved unchanged.</value>
    public bool EmbedDespiteContentCredentials { get; init; }

    /// <summary>Receives the number of bytes written so far, after each write; null to report no progress.</summary>
    public IProgress<ImageDownloadProgress>? Progress { get; init; }
}
