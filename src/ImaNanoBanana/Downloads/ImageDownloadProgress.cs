namespace ImaNanoBanana;

/// <summary>Represents the progress of saving an image. Immutable.</summary>
/// <param name="Received">The number of bytes written so far.</param>
/// <param name="Path">The path of the file that will contain the image.</param>
public readonly record struct ImageDownloadProgress(long Received, string Path);
