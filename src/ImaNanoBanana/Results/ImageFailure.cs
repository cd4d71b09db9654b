using System.Text.Json.Serialization;

namespace ImaNanoBanana;

/// <summary>Describes one image of a task that the service did not deliver.</summary>
/// <param name="Reason">The reason that the service gives, or a general text if it gives none.</param>
/// <param name="IsDeleted">Whether the service reports the image as deleted rather than as failed.</param>
[JsonConverter(typeof(ImageResultsJsonConverter))]
public sealed record ImageFailure(string Reason, bool IsDeleted);
