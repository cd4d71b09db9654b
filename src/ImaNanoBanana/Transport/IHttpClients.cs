namespace ImaNanoBanana.Transport;

/// <summary>Provides the SDK's HTTP clients. They have no timeout, because the SDK uses its own deadlines. Thread-safe.</summary>
internal interface IHttpClients
{
    /// <param name="baseAddress">The base of relative URLs; null if the URLs are absolute.</param>
    /// <returns>A client for one call; it need not be disposed.</returns>
    HttpClient Create(Uri? baseAddress = null);
}
