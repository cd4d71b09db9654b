using ImaNanoBanana.Transport;
using Refit;

namespace ImaNanoBanana.OpenApi;

/// <summary>
/// Provides the generated implementations of the endpoints. Each call gets a new one, because an HTTP client that is kept too long
/// keeps its handlers and never sees a DNS change. Thread-safe.
/// </summary>
internal sealed class ApiClients(IHttpClients clients)
{
    private readonly RefitSettings _settings = Settings();

    public IImaOpenApi Api() => RestService.ForGenerated<IImaOpenApi>(clients.Create(ImaHosts.ApiBase), _settings);

    public IImaUploadApi Upload() => RestService.ForGenerated<IImaUploadApi>(clients.Create(ImaHosts.UploadBase), _settings);

    private static RefitSettings Settings()
    {
        var settings = RefitSettings.ForJsonContext(ImaJsonContext.Default);

        // With a length: it is unknown whether the service accepts chunked bodies.
        settings.RequestBodySerialization = RequestBodySerializationMode.Buffered;

        // Refit's own exception would contain the request.
        settings.TransportExceptionFactory = static (_, exception, _) => exception;
        return settings;
    }
}
