namespace ImaNanoBanana.Journal;

/// <summary>What one purchase goes by: the caller's key, or one made for the call.</summary>
internal readonly record struct PurchaseKey(string Text, bool IsGiven)
{
    public static PurchaseKey GivenOrNew(ImageRequest request) =>
        request.IdempotencyKey is { } given
            ? new PurchaseKey(given, IsGiven: true)
            : new PurchaseKey(Guid.NewGuid().ToString("N"), IsGiven: false);
}
