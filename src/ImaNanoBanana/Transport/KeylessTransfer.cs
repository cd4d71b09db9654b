namespace ImaNanoBanana.Transport;

/// <summary>Marks a request to a storage host, which goes out without the key.</summary>
internal sealed class KeylessTransfer
{
    public static readonly HttpRequestOptionsKey<KeylessTransfer> OptionsKey = new("ImaNanoBanana.KeylessTransfer");

    private static readonly KeylessTransfer Instance = new();

    /// <param name="method">The verb.</param>
    /// <param name="address">The address, which may be a credential.</param>
    /// <param name="accept">What is accepted.</param>
    /// <param name="attempt">Ends the attempt that the request is; null where each send of it goes out.</param>
    public static HttpRequestMessage Request(HttpMethod method, Uri address, string accept, CancellationToken? attempt)
    {
        var request = new HttpRequestMessage(method, address);
        request.Headers.TryAddWithoutValidation("User-Agent", "ImaNanoBanana/" + SdkVersion.Text);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        request.Options.Set(OptionsKey, Instance);
        if (attempt is { } ended)
        {
            Attempt.Begin(request, ended);
        }

        return request;
    }
}
