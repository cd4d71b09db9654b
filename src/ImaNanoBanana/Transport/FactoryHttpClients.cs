namespace ImaNanoBanana.Transport;

/// <summary>Provides HTTP clients from the app's container.</summary>
internal sealed class FactoryHttpClients(IHttpClientFactory factory, string name) : IHttpClients
{
    public HttpClient Create(Uri? baseAddress)
    {
        // The app's defaults for all of its clients would end a call before the SDK's deadlines do, or send it elsewhere.
        var client = factory.CreateClient(name);
        client.Timeout = Timeout.InfiniteTimeSpan;
        client.BaseAddress = baseAddress;
        return client;
    }
}
