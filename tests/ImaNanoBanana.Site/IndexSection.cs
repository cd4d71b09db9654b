namespace ImaNanoBanana.Site;

/// <summary>A table of docs/index.md.</summary>
/// <param name="Heading">The heading above the table.</param>
/// <param name="Entries">Its pages, in order.</param>
public sealed record IndexSection(string Heading, IReadOnlyList<IndexEntry> Entries);
