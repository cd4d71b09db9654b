using System.Text.Json.Serialization;

namespace ImaNanoBanana;

/// <summary>Describes a difference between the request and what is submitted. Immutable.</summary>
/// <remarks>
/// System.Text.Json writes and reads it. A kind that this version does not know is read as
/// <see cref="ImageAdjustmentKind.ParameterRefreshed"/>; in a list of another type, such as <see cref="ImageTask.Adjustments"/>, the
/// adjustment is left out.
/// </remarks>
/// <param name="Kind">The kind of change.</param>
/// <param name="Parameter">The name of the parameter in the service's API.</param>
/// <param name="From">The requested value.</param>
/// <param name="To">The value that is submitted instead.</param>
[JsonConverter(typeof(ImageResultsJsonConverter))]
public sealed record ImageAdjustment(ImageAdjustmentKind Kind, string Parameter, string From, string To);
