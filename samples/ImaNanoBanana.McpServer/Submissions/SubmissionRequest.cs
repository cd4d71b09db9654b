namespace ImaNanoBanana.Mcp.Submissions;

/// <summary>The request of a call.</summary>
/// <param name="Request">The request, without an idempotency key.</param>
/// <param name="Key">The key of its content; see <see cref="ContentKey"/>.</param>
/// <param name="MaxCredits">The most credits that this call may cost, if that is less than the server's limit.</param>
internal sealed record SubmissionRequest(ImageRequest Request, string Key, decimal? MaxCredits);
