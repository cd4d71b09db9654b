namespace ImaNanoBanana.Site;

/// <summary>A row of docs/index.md.</summary>
/// <param name="Path">The page, relative to the repository, with forward slashes.</param>
/// <param name="Summary">What the page describes, as Markdown on one line.</param>
public sealed record IndexEntry(string Path, string Summary);
