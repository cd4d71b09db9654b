namespace ImaNanoBanana.Transport;

/// <summary>Marks a request to a storage host, which goes out without the key (wire contract, hosts).</summary>
internal sealed class KeylessTransfer
{
    public static readonly HttpRequestOptionsKey<KeylessTransfer> OptionsKey = new("ImaNanoBanana.KeylessTransfer");

    public static readonly KeylessTransfer Instance = new();
}
