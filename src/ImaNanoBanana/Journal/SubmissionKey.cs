namespace ImaNanoBanana.Journal;

/// <summary>Represents the key that identifies one submission: the caller's key, or one generated for the call.</summary>
internal readonly record struct SubmissionKey(string Text, bool IsGiven)
{
    public static SubmissionKey GivenOrNew(ImageRequest request) =>
        request.IdempotencyKey is { } given
            ? new SubmissionKey(given, IsGiven: true)
            : new SubmissionKey(Guid.NewGuid().ToString("N"), IsGiven: false);
}
