namespace ImaNanoBanana.Studio.Api;

/// <summary>A page of images, the newest first.</summary>
/// <param name="Images">The images.</param>
/// <param name="More">Whether there are older ones.</param>
internal sealed record ImageList(IReadOnlyList<ImageDocument> Images, bool More);
