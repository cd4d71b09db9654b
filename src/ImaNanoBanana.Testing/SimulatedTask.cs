namespace ImaNanoBanana.Testing;

/// <summary>A task of the simulator: pending until <paramref name="ReadyAt"/>, ready from then on.</summary>
internal sealed record SimulatedTask(string Id, SimulatedOrder Order, DateTimeOffset ReadyAt);
