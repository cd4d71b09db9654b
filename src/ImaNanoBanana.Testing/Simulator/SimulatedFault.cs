using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Testing;

/// <summary>What the simulator does to one request instead of, or on top of, answering it well. A value.</summary>
public sealed record SimulatedFault
{
    /// <summary>The HTTP status to answer with; null for the well-behaved answer, late perhaps.</summary>
    public int? Status { get; init; }

    /// <summary>The body of the answer, where <see cref="Status"/> is set.</summary>
    public string Body { get; init; } = "";

    /// <summary>The media type of the answer, where <see cref="Status"/> is set.</summary>
    /// <value><c>application/json</c> by default.</value>
    public string ContentType { get; init; } = "application/json";

    /// <summary>The value of <c>Retry-After</c>, where <see cref="Status"/> is set; null for none.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>How long the answer is held back, by the simulator's clock.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Whether the connection ends without an answer.</summary>
    public bool DropsConnection { get; init; }

    /// <summary>Whether the connection ends in the middle of the answer: status and headers come, and half of the body.</summary>
    public bool TruncatesAnswer { get; init; }

    /// <summary>
    /// Whether the request is worked on first: a create is then bought and charged although its answer is lost or says
    /// otherwise. By default the request has no effect.
    /// </summary>
    public bool AfterTheWork { get; init; }
}
