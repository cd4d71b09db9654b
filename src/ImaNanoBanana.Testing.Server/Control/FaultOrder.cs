using System.Net.Http.Headers;
using System.Text.Json;

namespace ImaNanoBanana.Testing.Control;

/// <summary>Represents a fault that another process scripts: an endpoint and the members of <see cref="SimulatedFault"/>.</summary>
internal sealed record FaultOrder
{
    private const int LeastStatus = 200;
    private const int MostStatus = 599;

    public string? Endpoint { get; init; }

    public int? Status { get; init; }

    public string? Body { get; init; }

    public string? ContentType { get; init; }

    public string? RetryAfter { get; init; }

    public double? DelaySeconds { get; init; }

    public bool DropsConnection { get; init; }

    public bool TruncatesAnswer { get; init; }

    public bool AfterProcessing { get; init; }

    /// <exception cref="JsonException">A member is missing or not possible.</exception>
    public void Apply(ImaSimulator simulator)
    {
        if (Endpoint is null || !SimulatedEndpoint.All.Contains(Endpoint))
        {
            throw ControlError.Create(
                $"'endpoint' must be one of: {string.Join(", ", SimulatedEndpoint.All)}.", "endpoint", SimulatedEndpoint.All);
        }

        if (Status is < LeastStatus or > MostStatus)
        {
            throw ControlError.Create($"'status' must be from {LeastStatus} to {MostStatus}.", "status");
        }

        if (RetryAfter?.All(static letter => letter is >= ' ' and <= '~') is false)
        {
            throw ControlError.Create("'retryAfter' must be seconds or a date, in printable ASCII characters.", "retryAfter");
        }

        var normal = new SimulatedFault();
        simulator.Script(
            Endpoint,
            new SimulatedFault
            {
                Status = Status,
                Body = Body ?? normal.Body,
                ContentType = MediaType() ?? normal.ContentType,
                RetryAfter = RetryAfter,
                Delay = Duration.FromSeconds(DelaySeconds ?? 0, "delaySeconds"),
                DropsConnection = DropsConnection,
                TruncatesAnswer = TruncatesAnswer,
                AfterProcessing = AfterProcessing,
            });
    }

    private string? MediaType() => ContentType is null
        || (MediaTypeHeaderValue.TryParse(ContentType, out var type) && type.Parameters.Count == 0)
        ? ContentType
        : throw ControlError.Create("'contentType' must be a media type without parameters, such as application/json.", "contentType");
}
