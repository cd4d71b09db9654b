namespace ImaNanoBanana.Testing;

/// <summary>
/// Represents what a simulator keeps over a restart. Models that a test added, the recorded requests and the traffic are not part of it.
/// </summary>
internal sealed record SimulatorState
{
    /// <summary>The version that this program writes and reads.</summary>
    public const int CurrentVersion = 1;

    public required int Version { get; init; }

    public required SimulatedCatalogKind CatalogKind { get; init; }

    public required TimeSpan ProcessingTime { get; init; }

    public required decimal? Balance { get; init; }

    public required int? RequestsPerSecond { get; init; }

    public required TimeSpan ClockSkew { get; init; }

    public required Dictionary<int, decimal> ChangedPrices { get; init; }

    public required List<SimulatedFormerPrice> FormerPrices { get; init; }

    public required List<SimulatedTask> Tasks { get; init; }

    public required List<string> CutImages { get; init; }

    public required List<SimulatedCharge> Charges { get; init; }

    /// <summary>The media types that upload tokens promise, by the name of the file.</summary>
    public required Dictionary<string, string> UploadTypes { get; init; }

    /// <summary>The pixels of the thumbnails of uploaded images, by their URL.</summary>
    public required Dictionary<string, byte[]> UploadPixels { get; init; }

    public required List<string> Nonces { get; init; }

    public required Dictionary<string, List<SimulatedTurn>> Pending { get; init; }

    public required List<SimulatorViolation> Violations { get; init; }

    public required List<SimulatorDifference> Differences { get; init; }
}
