using System.Text.Json.Serialization;
using ImaNanoBanana.Requests;

namespace ImaNanoBanana.Outcomes;

/// <summary>Represents the stored form of an <see cref="ImageOutcome"/>, version 1. Changes may only add members.</summary>
internal sealed record OutcomeDocument
{
    private const int CurrentVersion = 1;

    [JsonPropertyName("v")]
    public int? Version { get; init; }

    public required string IdempotencyKey { get; init; }

    /// <summary>Left out if a part of the request cannot be written. The outcome is written in any case.</summary>
    public ImageRequest? Request { get; init; }

    public int? Number { get; init; }

    public ImageResult? Result { get; init; }

    public ImaException? Error { get; init; }

    public ImageGenerationCanceledException? Cancellation { get; init; }

    public static OutcomeDocument FromOutcome(ImageOutcome outcome) => new()
    {
        Version = CurrentVersion,
        IdempotencyKey = outcome.IdempotencyKey,
        Request = outcome.Request is { } request && RequestDocument.CanWrite(request) ? request : null,
        Number = outcome.Number,
        Result = outcome.Result,
        Error = outcome.Error,
        Cancellation = outcome.Cancellation,
    };

    public ImageOutcome ToOutcome() => new(IdempotencyKey)
    {
        Request = Request,
        Number = Number,
        Result = Result,
        Error = Error,
        Cancellation = Cancellation,
    };
}
