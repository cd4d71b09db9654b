namespace ImaNanoBanana;

/// <summary>How far the saving of an image has come. A value.</summary>
/// <param name="Received">Bytes written so far.</param>
/// <param name="Path">The file that they will be in.</param>
public readonly record struct ImageDownloadProgress(long Received, string Path);
