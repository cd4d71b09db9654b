namespace ImaNanoBanana.Testing;

/// <summary>An entry of the simulator's ledger: one create that was accepted, and so paid.</summary>
/// <param name="TaskId">The task that was bought.</param>
/// <param name="Prompt">Its prompt.</param>
/// <param name="Credits">What it cost in credits, all its images together.</param>
/// <param name="At">When, by the simulator's clock.</param>
public sealed record SimulatedCharge(string TaskId, string Prompt, decimal Credits, DateTimeOffset At);
