namespace ImaNanoBanana.Transport;

/// <summary>Marks a request to a storage host, which is sent without the API key.</summary>
internal sealed class KeylessTransfer
{
    public static readonly HttpRequestOptionsKey<KeylessTransfer> OptionsKey = new("ImaNanoBanana.KeylessTransfer");

    private static readonly KeylessTransfer Instance = new();

    /// <param name="method">The HTTP method.</param>
    /// <param name="address">The URL, which may itself be a credential.</param>
    /// <param name="accept">The value of the Accept header.</param>
    /// <param name="attempt">Ends the attempt that the request represents; null if every send of the request is transmitted.</param>
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
