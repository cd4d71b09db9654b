namespace ImaNanoBanana.McpServer.Tests;

/// <summary>An order of 6 credits in the journal.</summary>
public sealed record PastOrder(int Number, TaskJournalState State, int MinutesAgo);
