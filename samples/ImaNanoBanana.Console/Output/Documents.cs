namespace ImaNanoBanana.Cli.Output;

/// <summary>Represents a saved image.</summary>
internal sealed record FileDocument(string Path, int Width, int Height, string MediaType, long Length, string? Sha256)
{
    public bool? MatchesRequestedAspectRatio { get; init; }

    public bool? MatchesRequestedSize { get; init; }

    public bool? MatchesReportedFormat { get; init; }

    public bool? ExtensionMatchesMediaType { get; init; }
}

/// <summary>Represents a difference between the requested and the submitted value.</summary>
internal sealed record AdjustmentDocument(string Parameter, string From, string To)
{
    public static AdjustmentDocument FromAdjustment(ImageAdjustment adjustment) =>
        new(adjustment.Parameter, adjustment.From, adjustment.To);
}

/// <summary>Represents the price of a request.</summary>
internal sealed record QuoteDocument(
    string ModelId,
    string ModelName,
    string VersionId,
    string? Size,
    string? AspectRatio,
    int Count,
    decimal Credit,
    decimal CreditPerImage,
    double? ExpectedAtLeastSeconds,
    double? ExpectedAtMostSeconds,
    IReadOnlyList<AdjustmentDocument> Adjustments);

/// <summary>Represents the status of a task.</summary>
internal sealed record StatusDocument(
    string TaskId, string Status, int? Percent, double ElapsedSeconds, IReadOnlyList<string> Urls, string Handle);

/// <summary>Represents an uploaded image with its URL.</summary>
internal sealed record UploadDocument(string File, string Url);

/// <summary>Represents a running simulator with its address.</summary>
internal sealed record SimulatorDocument(string Address);

/// <summary>Represents a message for the user who waits.</summary>
internal sealed record MessageDocument(int Step, string Text, IReadOnlyList<string> Urls);

/// <summary>Represents a row of the price list.</summary>
internal sealed record PriceDocument(
    string Name,
    string ModelId,
    string VersionId,
    string TaskType,
    bool IsCurrent,
    decimal Pts,
    decimal? AttrId,
    IReadOnlyDictionary<string, string> Conditions,
    IReadOnlyList<string> AspectRatios);

/// <summary>Represents a failure.</summary>
internal sealed record ErrorDocument
{
    public required ErrorFacts Error { get; init; }
}

/// <summary>Represents the properties of an error, with the same values as in the SDK (docs/errors.md).</summary>
internal sealed record ErrorFacts
{
    public required string Kind { get; init; }

    public required int ExitCode { get; init; }

    public required string Message { get; init; }

    public string? Reason { get; init; }

    public string? Suggestion { get; init; }

    public string? Charge { get; init; }

    public string? RetryGuidance { get; init; }

    public int? Code { get; init; }

    public string? IdempotencyKey { get; init; }

    public string? TaskId { get; init; }

    public string? Handle { get; init; }

    public IReadOnlyList<string> Urls { get; init; } = [];
}
