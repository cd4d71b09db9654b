namespace ImaNanoBanana.Studio.Storage;

/// <summary>What is known about an image. It is stored as JSON and contains texts in no language.</summary>
internal sealed record ImageDetails
{
    public int? Percent { get; init; }

    public string? Model { get; init; }

    public string? ModelName { get; init; }

    public string? Size { get; init; }

    public string? AspectRatio { get; init; }

    public int Count { get; init; } = 1;

    /// <summary>The price.</summary>
    public decimal? Credits { get; init; }

    public IReadOnlyList<ImageAdjustment> Adjustments { get; init; } = [];

    public IReadOnlyList<FileFacts> Files { get; init; } = [];

    /// <summary>The number of images that the service did not deliver.</summary>
    public int MissingCount { get; init; }

    public ImaException? Error { get; init; }

    /// <summary>The number of runs that ended before the image was saved.</summary>
    public int Attempts { get; init; }
}
