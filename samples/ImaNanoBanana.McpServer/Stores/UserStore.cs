namespace ImaNanoBanana.Mcp.Stores;

/// <summary>Where the submissions and the spent credits of one user are recorded.</summary>
/// <param name="Journal">The journal; null for the client's own memory.</param>
/// <param name="Budget">The budget of the user.</param>
/// <param name="Gate">The request rate that all users share; null for one of the user's own.</param>
internal sealed record UserStore(ITaskJournal? Journal, CreditBudget Budget, IRequestGate? Gate = null);
