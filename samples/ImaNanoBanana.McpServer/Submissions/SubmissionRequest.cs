namespace ImaNanoBanana.Mcp.Submissions;

/// <summary>What a call asks for.</summary>
/// <param name="Request">The request, without an idempotency key.</param>
/// <param name="Key">The key of its content; see <see cref="ContentKey"/>.</param>
/// <param name="MaxCredits">The most that this call may cost, where that is less than the server allows.</param>
internal sealed record SubmissionRequest(ImageRequest Request, string Key, decimal? MaxCredits);
