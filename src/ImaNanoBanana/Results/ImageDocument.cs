namespace ImaNanoBanana.Results;

/// <summary>Represents the stored form of a <see cref="GeneratedImage"/>.</summary>
internal sealed record ImageDocument
{
    public required Uri Url { get; init; }

    public Uri? CoverUrl { get; init; }

    public int? Width { get; init; }

    public int? Height { get; init; }

    public string? Format { get; init; }

    public AspectRatio? RequestedAspectRatio { get; init; }

    public ImageSize? RequestedSize { get; init; }

    public static ImageDocument FromImage(GeneratedImage image) => new()
    {
        Url = image.Url,
        CoverUrl = image.CoverUrl,
        Width = image.Width,
        Height = image.Height,
        Format = image.Format,
        RequestedAspectRatio = image.RequestedAspectRatio,
        RequestedSize = image.RequestedSize,
    };

    public GeneratedImage ToImage() => new(Url)
    {
        CoverUrl = CoverUrl,
        Width = Width,
        Height = Height,
        Format = Format,
        RequestedAspectRatio = RequestedAspectRatio,
        RequestedSize = RequestedSize,
    };
}
