namespace ImaNanoBanana.Tests.Testing;

/// <summary>The outcome of a submission in the simulator: images, or an error.</summary>
public abstract record ScenarioOutcome;

public sealed record Delivered(int Images, int Submitted, decimal Credits) : ScenarioOutcome;

public sealed record Failed(ImaErrorKind Kind, ImaChargeStatus Charge, ImaRetryGuidance RetryGuidance, int? Code = null) : ScenarioOutcome;
