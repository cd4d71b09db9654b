namespace ImaNanoBanana.Results;

/// <summary>Represents the stored form of an <see cref="ImageFailure"/>.</summary>
internal sealed record FailureDocument
{
    public required string Reason { get; init; }

    public bool? IsDeleted { get; init; }

    public static FailureDocument FromFailure(ImageFailure failure) =>
        new() { Reason = failure.Reason, IsDeleted = failure.IsDeleted ? true : null };

    public ImageFailure ToFailure() => new(Reason, IsDeleted ?? false);
}
