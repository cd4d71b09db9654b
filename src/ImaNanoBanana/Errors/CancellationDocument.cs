namespace ImaNanoBanana.Errors;

/// <summary>Represents the stored form of an <see cref="ImageGenerationCanceledException"/>.</summary>
internal sealed record CancellationDocument
{
    public required string ChargeStatus { get; init; }

    public required string Message { get; init; }

    public ImageTask? Task { get; init; }

    public string? IdempotencyKey { get; init; }

    public static CancellationDocument FromCancellation(ImageGenerationCanceledException cancellation) => new()
    {
        ChargeStatus = ErrorWords.ChargeStatuses.Write(cancellation.ChargeStatus),
        Message = cancellation.Message,
        Task = cancellation.Task,
        IdempotencyKey = cancellation.IdempotencyKey,
    };

    public ImageGenerationCanceledException ToCancellation() =>
        new(ErrorWords.ChargeStatuses.Read(ChargeStatus) ?? ImaChargeStatus.Unknown, Message)
        {
            Task = Task,
            IdempotencyKey = IdempotencyKey,
        };
}
