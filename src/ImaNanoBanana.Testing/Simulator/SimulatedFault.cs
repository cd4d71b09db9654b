using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Testing;

/// <summary>Describes how the simulator changes or replaces its normal response to one request. A value.</summary>
public sealed record SimulatedFault
{
    /// <summary>The HTTP status of the response, or null for the normal response, which may be delayed.</summary>
    public int? Status { get; init; }

    /// <summary>The body of the response, if <see cref="Status"/> is set.</summary>
    public string Body { get; init; } = "";

    /// <summary>The media type of the response, if <see cref="Status"/> is set.</summary>
    /// <value><c>application/json</c> by default.</value>
    public string ContentType { get; init; } = "application/json";

    /// <summary>The value of <c>Retry-After</c>, if <see cref="Status"/> is set; null for none.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>The delay of the response by the simulator's clock.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Whether the connection ends without a response.</summary>
    public bool DropsConnection { get; init; }

    /// <summary>Whether the connection ends in the middle of the response, after the status, the headers and half of the body.</summary>
    public bool TruncatesAnswer { get; init; }

    /// <summary>
    /// Whether the request is processed first: a create request is then accepted and charged although its response is lost or says
    /// something else. By default the request has no effect.
    /// </summary>
    public bool AfterProcessing { get; init; }

    /// <summary>Refuses a request because there were too many, with the envelope of the service.</summary>
    internal static SimulatedFault TooManyRequests(string retryAfter) =>
        new() { Status = 429, RetryAfter = retryAfter, Body = Envelope.Failure(429, "Too many requests") };
}
