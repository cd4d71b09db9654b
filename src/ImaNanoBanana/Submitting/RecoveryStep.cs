namespace ImaNanoBanana.Submitting;

/// <summary>What follows a create that was not accepted.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Delay">How long to wait first.</param>
internal readonly record struct RecoveryStep(RecoveryStepKind Kind, TimeSpan Delay = default);
