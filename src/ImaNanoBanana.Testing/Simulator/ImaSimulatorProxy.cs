using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace ImaNanoBanana.Testing;

/// <summary>
/// Connects a client to an <c>ImaSimulatorServer</c> in another process. Requests to the hosts of the service go to the server
/// instead, and the server's URLs in its responses are changed back to those of the service. Use it as the primary handler of
/// <see cref="ImaImageClient"/> or with <c>UseSimulator(address)</c>.
/// </summary>
/// <remarks>
/// Thread-safe. No proxy is used, no cookies are kept and redirects are not followed. A request to a host that does not belong to the
/// service fails with an <see cref="HttpRequestException"/>, and nothing is sent.
/// </remarks>
public sealed class ImaSimulatorProxy : HttpMessageHandler
{
    private const string StoragePrefix = "storage";
    private const string ImagePrefix = "images";

    private readonly string _root;
    private readonly HttpMessageInvoker _http;

    /// <summary>Creates a handler for one server.</summary>
    /// <param name="address">The address of the server, as its <c>Address</c> property returns it: <c>http://127.0.0.1:5080/</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="address"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="address"/> is not an absolute http or https URL.</exception>
    [SuppressMessage("Reliability", "CA2000", Justification = "The invoker owns the handler and disposes it.")]
    public ImaSimulatorProxy(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (!address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
        {
            throw new ArgumentException(
                $"'{address}' is not a valid server address. Use an address such as http://127.0.0.1:5080/.", nameof(address));
        }

        // The server listens on 127.0.0.1 only, and its responses contain the address of the request.
        _root = (
            address.Host == "localhost" ? new UriBuilder(address) { Host = "127.0.0.1" }.Uri : address).GetLeftPart(UriPartial.Authority);
        _http = new HttpMessageInvoker(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);

        // A separate message: the unchanged URL of the client's message shows that it was not redirected.
        using var message = new HttpRequestMessage(request.Method, AddressAtServer(request.RequestUri!));
        foreach (var (name, values) in request.Headers.NonValidated)
        {
            message.Headers.TryAddWithoutValidation(name, values);
        }

        message.Headers.Host = null;
        message.Content = request.Content;
        try
        {
            var response = await _http.SendAsync(message, cancellationToken).ConfigureAwait(false);
            response.RequestMessage = request;
            return await WithServiceAddressesAsync(response, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // The content belongs to the client's message.
            message.Content = null;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _http.Dispose();
        }

        base.Dispose(disposing);
    }

    private Uri AddressAtServer(Uri address) => new(_root + address.Host switch
    {
        ImaSimulator.ApiHost or ImaSimulator.UploadHost => "",
        SimulatedUploads.StorageHost => $"/{StoragePrefix}",
        ImaSimulator.ImageHost => $"/{ImagePrefix}",
        var host => throw new HttpRequestException(
            $"The simulator replaces the hosts of the service, and {host} is not one of them. Nothing was sent."),
    } + address.PathAndQuery);

    /// <summary>Restores https URLs in the form of the service, because the client accepts no other URLs.</summary>
    private async Task<HttpResponseMessage> WithServiceAddressesAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType is not { MediaType: "application/json" } mediaType)
        {
            return response;
        }

        try
        {
            var json = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            response.Content.Dispose();
            response.Content = new StringContent(
                json.Replace($"{_root}/{StoragePrefix}/", $"https://{SimulatedUploads.StorageHost}/", StringComparison.Ordinal)
                    .Replace($"{_root}/{ImagePrefix}/", $"https://{ImaSimulator.ImageHost}/", StringComparison.Ordinal),
                Encoding.UTF8);
            response.Content.Headers.ContentType = mediaType;
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
