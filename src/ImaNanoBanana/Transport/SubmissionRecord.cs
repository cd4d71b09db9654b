namespace ImaNanoBanana.Transport;

/// <summary>What became of the one physical send of a create.</summary>
/// <param name="WasSent">Whether the content was ever asked for its bytes. False means that the service cannot have seen the
/// create.</param>
/// <param name="StatusCode">The HTTP status of the answer; null when none came.</param>
/// <param name="Body">The answer's body, as much of it as came.</param>
/// <param name="Failure">Why there is no answer, or no whole one.</param>
internal sealed record SubmissionRecord(bool WasSent, int? StatusCode, ReadOnlyMemory<byte> Body, Exception? Failure)
{
    public string? ContentType { get; init; }

    public string? RetryAfter { get; init; }
}
