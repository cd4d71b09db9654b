namespace ImaNanoBanana.Transport;

/// <summary>Where the SDK's HTTP clients come from. Every deadline is the SDK's own, so none has a timeout. Thread-safe.</summary>
internal interface IHttpClients
{
    /// <param name="baseAddress">What relative addresses are relative to; null where the addresses are absolute.</param>
    /// <returns>A client for one call; nobody has to dispose it.</returns>
    HttpClient Create(Uri? baseAddress = null);
}
