using System.Text.Json.Serialization;

namespace ImaNanoBanana.Testing.Control;

/// <summary>Defines the JSON of the control paths. Members that do not exist are refused, so that no misspelt one is ignored.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(ScenarioOrder))]
[JsonSerializable(typeof(FaultOrder))]
[JsonSerializable(typeof(SettingsChange))]
[JsonSerializable(typeof(ChargesAnswer))]
[JsonSerializable(typeof(ViolationsAnswer))]
[JsonSerializable(typeof(DifferencesAnswer))]
[JsonSerializable(typeof(RequestsAnswer))]
[JsonSerializable(typeof(TasksAnswer))]
[JsonSerializable(typeof(PendingAnswer))]
[JsonSerializable(typeof(EndpointsAnswer))]
[JsonSerializable(typeof(SimulatedTraffic))]
[JsonSerializable(typeof(SettingsAnswer))]
[JsonSerializable(typeof(ErrorAnswer))]
internal sealed partial class ControlJsonContext : JsonSerializerContext;
