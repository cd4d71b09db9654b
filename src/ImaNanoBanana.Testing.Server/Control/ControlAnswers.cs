using System.Text.Json.Serialization;

namespace ImaNanoBanana.Testing.Control;

/// <summary>The ledger: the total and the entries in order.</summary>
internal sealed record ChargesAnswer(decimal Credits, IReadOnlyList<SimulatedCharge> Charges);

/// <summary>The requests that the service does not allow, in order.</summary>
internal sealed record ViolationsAnswer(IReadOnlyList<SimulatorViolation> Violations);

/// <summary>What the service accepts and the SDK sends in another way, in order.</summary>
internal sealed record DifferencesAnswer(IReadOnlyList<SimulatorDifference> Differences);

/// <summary>The requests that arrived, in order.</summary>
internal sealed record RequestsAnswer(IReadOnlyList<SimulatedRequest> Requests);

/// <summary>The tasks, in the order of their submissions.</summary>
internal sealed record TasksAnswer(IReadOnlyList<TaskAnswer> Tasks);

/// <summary>A task with the states of its images now.</summary>
internal sealed record TaskAnswer(
    string TaskId,
    string TaskType,
    string ModelId,
    string Size,
    string AspectRatio,
    string Prompt,
    decimal Credits,
    IReadOnlyList<TaskImageAnswer> Images);

/// <summary>An image of a task.</summary>
/// <param name="State"><c>processing</c>, <c>withoutUrl</c>, <c>ready</c> or <c>failed</c>.</param>
/// <param name="Preview">The path of a small picture on this server if the image is ready.</param>
internal sealed record TaskImageAnswer(
    string State, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Preview);

/// <summary>The settings as they are now.</summary>
internal sealed record SettingsAnswer(
    double ProcessingSeconds, decimal? Balance, int? RequestsPerSecond, double ClockSkewSeconds, string Catalog);

/// <summary>The number of scripted events that are pending, by endpoint.</summary>
internal sealed record PendingAnswer(IReadOnlyDictionary<string, int> Pending);

/// <summary>All control paths.</summary>
internal sealed record EndpointsAnswer(IReadOnlyList<EndpointAnswer> Endpoints);

/// <summary>A control path.</summary>
internal sealed record EndpointAnswer(string Method, string Path, string Purpose);

/// <summary>The reason why a request to the control paths was refused.</summary>
/// <param name="Error">The reason, for people.</param>
/// <param name="Field">The member of the body that is wrong; absent if it is the body or the path.</param>
/// <param name="Allowed">The allowed values or members; absent if they cannot be listed.</param>
internal sealed record ErrorAnswer(
    string Error,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Field = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Allowed = null);
