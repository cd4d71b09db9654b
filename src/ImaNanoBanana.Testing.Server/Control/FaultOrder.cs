namespace ImaNanoBanana.Testing.Control;

/// <summary>Represents a fault that another process scripts: an endpoint and the members of <see cref="SimulatedFault"/>.</summary>
internal sealed record FaultOrder
{
    public string? Endpoint { get; init; }

    public int? Status { get; init; }

    public string? Body { get; init; }

    public string? ContentType { get; init; }

    public string? RetryAfter { get; init; }

    public double? DelaySeconds { get; init; }

    public bool DropsConnection { get; init; }

    public bool TruncatesAnswer { get; init; }

    public bool AfterProcessing { get; init; }

    /// <exception cref="ArgumentException">A member is missing or not possible.</exception>
    public void Apply(ImaSimulator simulator)
    {
        if (Status is < 200 or > 599)
        {
            throw new ArgumentException("The status must be from 200 to 599.");
        }

        var normal = new SimulatedFault();
        simulator.Script(
            Endpoint ?? "",
            new SimulatedFault
            {
                Status = Status,
                Body = Body ?? normal.Body,
                ContentType = ContentType ?? normal.ContentType,
                RetryAfter = RetryAfter,
                Delay = Duration.FromSeconds(DelaySeconds ?? 0),
                DropsConnection = DropsConnection,
                TruncatesAnswer = TruncatesAnswer,
                AfterProcessing = AfterProcessing,
            });
    }
}
