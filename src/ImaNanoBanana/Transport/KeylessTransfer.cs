namespace ImaNanoBanana.Transport;

/// <summary>Marks a request to a storage host, which goes out without the key (wire contract, hosts).</summary>
internal sealed class KeylessTransfer
{
    public static readonly HttpRequestOptionsKey<KeylessTransfer> OptionsKey = new("ImaNanoBanana.KeylessTransfer");

    private static readonly KeylessTransfer Instance = new();

    public static HttpRequestMessage Request(HttpMethod method, Uri address, string accept)
    {
        var request = SdkRequest.Create(method, address, accept);
        request.Options.Set(OptionsKey, Instance);
        return request;
    }
}
