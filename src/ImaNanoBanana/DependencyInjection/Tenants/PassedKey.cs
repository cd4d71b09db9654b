namespace ImaNanoBanana.DependencyInjection.Tenants;

/// <summary>The key that the app passed last for a tenant. All clients of the tenant share it.</summary>
/// <param name="last">The key.</param>
internal sealed class PassedKey(PassedKey.Value last)
{
    private Value _last = last;

    public Value Last
    {
        get => Volatile.Read(ref _last);
        set => Volatile.Write(ref _last, value);
    }

    /// <param name="Text">The key.</param>
    /// <param name="Number">A number that is higher for a key that was passed later.</param>
    internal sealed record Value(string Text, long Number);
}
