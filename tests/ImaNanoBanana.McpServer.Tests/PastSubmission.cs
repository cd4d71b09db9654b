namespace ImaNanoBanana.McpServer.Tests;

/// <summary>A submission of 6 credits in the journal.</summary>
public sealed record PastSubmission(int Number, TaskJournalState State, int MinutesAgo);
