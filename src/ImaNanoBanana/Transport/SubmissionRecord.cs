namespace ImaNanoBanana.Transport;

/// <summary>Represents what became of the one physical send of a create request.</summary>
/// <param name="WasSent">Whether the content was ever asked for its bytes. False means that the service cannot have received the
/// create request.</param>
/// <param name="StatusCode">The HTTP status of the response; null if there was no response.</param>
/// <param name="Body">The body of the response, as far as it was received.</param>
/// <param name="Failure">The reason why there is no response or only an incomplete one.</param>
internal sealed record SubmissionRecord(bool WasSent, int? StatusCode, ReadOnlyMemory<byte> Body, Exception? Failure)
{
    public string? ContentType { get; init; }

    public string? RetryAfter { get; init; }
}
