namespace ImaNanoBanana.Testing;

/// <summary>Represents a price that was valid before a change.</summary>
internal sealed record SimulatedFormerPrice(int AttributeId, decimal Points);
