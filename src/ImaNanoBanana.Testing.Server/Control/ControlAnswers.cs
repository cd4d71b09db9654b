namespace ImaNanoBanana.Testing.Control;

/// <summary>The ledger: the total and the entries in order.</summary>
internal sealed record ChargesAnswer(decimal Credits, IReadOnlyList<SimulatedCharge> Charges);

/// <summary>The requests that the service does not allow, in order.</summary>
internal sealed record ViolationsAnswer(IReadOnlyList<SimulatorViolation> Violations);

/// <summary>The requests that arrived, in order.</summary>
internal sealed record RequestsAnswer(IReadOnlyList<SimulatedRequest> Requests);

/// <summary>The settings as they are now.</summary>
internal sealed record SettingsAnswer(double ProcessingSeconds, decimal? Balance, int? RequestsPerSecond);

/// <summary>The reason why a request to the control paths was refused.</summary>
internal sealed record ErrorAnswer(string Error);
