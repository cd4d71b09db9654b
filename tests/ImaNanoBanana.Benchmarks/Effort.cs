namespace ImaNanoBanana.Benchmarks;

/// <summary>How much is measured.</summary>
/// <param name="Rounds">The number of rounds, each of which has a figure of its own.</param>
/// <param name="Turns">The number of turns in a round.</param>
/// <param name="Calls">The number of calls in a turn.</param>
/// <param name="WarmUp">The number of calls before the measurement, so that the code is fully optimized.</param>
internal sealed record Effort(int Rounds, int Turns, int Calls, int WarmUp);
