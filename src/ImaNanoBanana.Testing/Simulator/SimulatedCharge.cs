namespace ImaNanoBanana.Testing;

/// <summary>Represents an entry of the simulator's ledger: a create request that was accepted and therefore charged.</summary>
/// <param name="TaskId">The task that was charged.</param>
/// <param name="Prompt">Its prompt.</param>
/// <param name="Credits">The price in credits for all its images together.</param>
/// <param name="At">The time of the charge by the simulator's clock.</param>
public sealed record SimulatedCharge(string TaskId, string Prompt, decimal Credits, DateTimeOffset At);
