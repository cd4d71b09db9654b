namespace ImaNanoBanana;

/// <summary>A difference between what was asked for and what is ordered. A value.</summary>
/// <param name="Kind">What was changed.</param>
/// <param name="Parameter">The parameter, by its name on the wire.</param>
/// <param name="From">What was asked for.</param>
/// <param name="To">What is ordered instead.</param>
public sealed record ImageAdjustment(ImageAdjustmentKind Kind, string Parameter, string From, string To);
