using System.Globalization;
using System.Text.Json;

namespace ImaNanoBanana.Conformance;

/// <summary>
/// Counts the faults of the recorded reference client, compared with a correct client, and how often this client has the same faults in
/// the same cases.
/// </summary>
public static class ReferenceTable
{
    private static readonly (string Fault, Func<JsonElement, JsonElement, bool> Recorded, Func<JsonElement, Observed, bool> Here)[] Faults =
    [
        ("submitted a request that should not be submitted: no available option fits, the request cannot be read, or an image was not "
                + "uploaded safely",
            (expected, careful) => Creates(expected).Count > 0 && Creates(careful).Count == 0,
            (careful, here) => here.Creates.Count > 0 && Creates(careful).Count == 0),
        ("submitted more often than the request and the answers allow",
            (expected, careful) => Creates(expected).Count > Creates(careful).Count && Creates(careful).Count > 0,
            (careful, here) => here.Creates.Count > Creates(careful).Count && Creates(careful).Count > 0),
        ("submitted the price of a different size or option",
            (expected, careful) => OtherPrice(Creates(expected), Creates(careful)),
            (careful, here) => OtherPrice(here.Creates, Creates(careful))),
        ("reported a different price than it submitted",
            (expected, _) => expected.GetProperty("outcome") is var outcome && IsOk(outcome)
                && JsonEquality.Text(outcome.GetProperty("credit")) != JsonEquality.Text(outcome.GetProperty("credit_reported")),
            (_, here) => here is { Points: { } points, Creates.Count: > 0 } && JsonEquality.Text(points) != Price(here.Creates[^1]).Credit),
        ("did not deliver every image that was charged and ready",
            (expected, careful) =>
                expected.GetProperty("outcome") is var outcome && WasAccepted(outcome) && Images(careful) > (IsOk(outcome) ? 1 : 0),
            (careful, here) => Images(careful) > here.Images.Count),
        ("ended with an unhandled error",
            (expected, _) => Stage(expected.GetProperty("outcome")) == "crash",
            (_, here) => here.Outcome == Observed.Crash),
    ];

    /// <summary>Runs every case through this client and creates a table in Markdown.</summary>
    /// <param name="suite">The recorded cases.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>The lines.</returns>
    public static async Task<IReadOnlyList<string>> LinesAsync(VectorSuite suite, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(suite);
        var recorded = new int[Faults.Length];
        var here = new int[Faults.Length];
        var cases = 0;
        foreach (var name in suite.Names)
        {
            var vector = suite.Read(name);
            if (vector.Find("expected") is not { } expected)
            {
                continue;
            }

            cases++;
            var observed = await suite.ObserveAsync(vector, cancellationToken).ConfigureAwait(false);
            for (var index = 0; index < Faults.Length; index++)
            {
                recorded[index] += Faults[index].Recorded(expected, vector.Careful) ? 1 : 0;
                here[index] += Faults[index].Here(vector.Careful, observed) ? 1 : 0;
            }
        }

        return
        [
            string.Create(CultureInfo.InvariantCulture, $"| in {cases} recorded cases, the client | reference client | this client |"),
            "|---|---|---|",
            .. Faults.Select(
                (fault, index) => string.Create(CultureInfo.InvariantCulture, $"| {fault.Fault} | {recorded[index]} | {here[index]} |")),
        ];
    }

    private static List<JsonElement> Creates(JsonElement side) =>
        side.TryGetProperty("create_requests", out var creates) ? [.. creates.EnumerateArray()] : [];

    private static bool OtherPrice(IReadOnlyList<JsonElement> creates, List<JsonElement> careful) =>
        creates.Count > 0 && careful.Count > 0 && Price(creates[0]) != Price(careful[0]);

    private static (string? Credit, string? AttributeId) Price(JsonElement create)
    {
        var submission = create.GetProperty("parameters")[0];
        return (JsonEquality.Text(submission.GetProperty("credit")), JsonEquality.Text(submission.GetProperty("attribute_id")));
    }

    private static int Images(JsonElement careful) => careful.TryGetProperty("images", out var images) ? images.GetArrayLength() : 0;

    private static bool IsOk(JsonElement outcome) => outcome.GetProperty("ok").GetBoolean();

    private static string? Stage(JsonElement outcome) => outcome.TryGetProperty("stage", out var stage) ? stage.GetString() : null;

    /// <summary>Whether the reference client had a task: it succeeded, or failed while or after it polled.</summary>
    private static bool WasAccepted(JsonElement outcome) =>
        IsOk(outcome) || Stage(outcome) == "poll"
            || (outcome.TryGetProperty("created", out var created) && created.ValueKind == JsonValueKind.True);
}
