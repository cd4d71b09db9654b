namespace ImaNanoBanana.Submitting;

/// <summary>Represents the step that follows a create request that was not accepted.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Delay">The time to wait first.</param>
internal readonly record struct RecoveryStep(RecoveryStepKind Kind, TimeSpan Delay = default);
