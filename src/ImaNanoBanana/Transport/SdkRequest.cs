namespace ImaNanoBanana.Transport;

/// <summary>What every request of the SDK has.</summary>
internal static class SdkRequest
{
    public static HttpRequestMessage Create(HttpMethod method, Uri address, string accept = "*/*")
    {
        var request = new HttpRequestMessage(method, address);
        request.Headers.TryAddWithoutValidation("User-Agent", "ImaNanoBanana/" + SdkVersion.Text);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        return request;
    }
}
