using ImaNanoBanana.Json;
using ImaNanoBanana.Results;

namespace ImaNanoBanana.Errors;

/// <summary>
/// Represents the stored form of an <see cref="ImaException"/>. The inner exception, the stack and the data of the exception are left
/// out, because other code wrote them: they may contain anything.
/// </summary>
internal sealed record ErrorDocument
{
    public required string Kind { get; init; }

    public required string Message { get; init; }

    public int? Code { get; init; }

    public string? ServiceMessage { get; init; }

    /// <summary>Seconds.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public decimal? AllowedCredits { get; init; }

    public decimal? RequiredCredits { get; init; }

    public IReadOnlyList<AdjustmentHandle>? Adjustments { get; init; }

    public string? InvalidRequestReason { get; init; }

    public string? ImageCause { get; init; }

    public IReadOnlyList<string>? AllowedValues { get; init; }

    public string? ParameterName { get; init; }

    public ImageTask? Task { get; init; }

    public string? IdempotencyKey { get; init; }

    public IReadOnlyList<GeneratedImage>? ReadyImages { get; init; }

    public IReadOnlyList<ImageFailure>? Failures { get; init; }

    public static ErrorDocument FromError(ImaException error) => new()
    {
        Kind = ErrorWords.Kinds.Write(error.Kind),
        Message = error.Message,
        Code = error.Code,
        ServiceMessage = error.ServiceMessage,
        RetryAfter = error.RetryAfter,
        AllowedCredits = error.AllowedCredits,
        RequiredCredits = error.RequiredCredits,
        Adjustments = AdjustmentHandle.FromAdjustments(error.Adjustments),
        InvalidRequestReason = error.InvalidRequestReason is { } reason ? ErrorWords.Reasons.Write(reason) : null,
        ImageCause = error.ImageCause is { } cause ? ErrorWords.ImageCauses.Write(cause) : null,
        AllowedValues = JsonLists.Write(error.AllowedValues),
        ParameterName = error.ParameterName,
        Task = error.Task,
        IdempotencyKey = error.IdempotencyKey,
        ReadyImages = JsonLists.Write(error.ReadyImages),
        Failures = JsonLists.Write(error.Failures),
    };

    public ImaException ToError() => new(ErrorWords.Kinds.Read(Kind) ?? ImaErrorKind.OutcomeUnknown, Message)
    {
        Code = Code,
        ServiceMessage = ServiceMessage,
        RetryAfter = RetryAfter,
        AllowedCredits = AllowedCredits,
        RequiredCredits = RequiredCredits,
        Adjustments = AdjustmentHandle.Read(Adjustments),
        InvalidRequestReason = ErrorWords.Reasons.Read(InvalidRequestReason),
        ImageCause = ErrorWords.ImageCauses.Read(ImageCause),
        AllowedValues = JsonLists.Read(AllowedValues),
        ParameterName = ParameterName,
        Task = Task,
        IdempotencyKey = IdempotencyKey,
        ReadyImages = JsonLists.Read(ReadyImages),
        Failures = JsonLists.Read(Failures),
    };
}
