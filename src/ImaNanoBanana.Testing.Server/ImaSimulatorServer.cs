using System.Net;
using System.Text;
using ImaNanoBanana.Transport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ImaNanoBanana.Testing;

/// <summary>
/// Serves an <see cref="ImaSimulator"/> over plain http on loopback, so that programs in any language can be pointed at
/// it. The paths are those of the real service; addresses in its answers point back to this server.
/// </summary>
/// <remarks>Thread-safe. Dispose it to stop listening; the simulator stays the caller's.</remarks>
public sealed class ImaSimulatorServer : IAsyncDisposable
{
    private const string StoragePrefix = "/storage";
    private const string ImagePrefix = "/images";
    private const string StorageHost = "https://simulator.oss.aliyuncs.com";
    private const string ImageHost = "https://ima-ga.esxscloud.com";

    private readonly WebApplication _app;
    private readonly HttpMessageInvoker _simulator;

    private ImaSimulatorServer(WebApplication app, ImaSimulator simulator)
    {
        _app = app;
        _simulator = new HttpMessageInvoker(simulator, disposeHandler: false);
        Simulator = simulator;
    }

    /// <summary>Where it listens, for example <c>http://127.0.0.1:5080/</c>.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>What it serves: the ledger and the violations are here.</summary>
    public ImaSimulator Simulator { get; }

    /// <summary>Starts to listen.</summary>
    /// <param name="simulator">What to serve; null for a new one.</param>
    /// <param name="port">The port on 127.0.0.1; 0 for any free one.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <returns>The running server; the caller disposes it.</returns>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<ImaSimulatorServer> StartAsync(
        ImaSimulator? simulator = null, int port = 0, CancellationToken cancellationToken = default)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var app = builder.Build();
        var server = new ImaSimulatorServer(app, simulator ?? new ImaSimulator());
        app.Run(server.AnswerAsync);
        await app.StartAsync(cancellationToken).ConfigureAwait(false);
        server.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return server;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync().ConfigureAwait(false);
        _simulator.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var request = await RequestAsync(context.Request).ConfigureAwait(false);
        HttpResponseMessage response;
        try
        {
            response = await _simulator.SendAsync(request, context.RequestAborted).ConfigureAwait(false);
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.ResponseEnded)
        {
            // A fault that drops the connection.
            context.Abort();
            return;
        }
        catch (HttpRequestException exception)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            await context.Response.WriteAsync(exception.Message, context.RequestAborted).ConfigureAwait(false);
            return;
        }

        using (response)
        {
            context.Response.StatusCode = (int)response.StatusCode;
            if (response.Headers.TryGetValues("Retry-After", out var retryAfter))
            {
                context.Response.Headers.RetryAfter = retryAfter.ToArray();
            }

            var mediaType = response.Content.Headers.ContentType?.ToString();
            context.Response.ContentType = mediaType;
            var isJson = mediaType?.StartsWith("application/json", StringComparison.Ordinal) is true;
            using var json = new MemoryStream();
            try
            {
                await response.Content.CopyToAsync(isJson ? json : context.Response.Body, context.RequestAborted).ConfigureAwait(false);
            }
            catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.ResponseEnded)
            {
                // A fault that ends the answer in the middle: what there is goes out, and throwing ends the connection.
                await WriteAsync().ConfigureAwait(false);
                await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
                throw;
            }

            await WriteAsync().ConfigureAwait(false);

            Task WriteAsync() =>
                context.Response.WriteAsync(
                    Outward(Encoding.UTF8.GetString(json.GetBuffer(), 0, (int)json.Length)), context.RequestAborted);
        }
    }

    /// <summary>The address that a client of the real service would use.</summary>
    private static string ServiceAddress(string path)
    {
        if (path.StartsWith(StoragePrefix + "/", StringComparison.Ordinal))
        {
            return StorageHost + path[StoragePrefix.Length..];
        }

        if (path.StartsWith(ImagePrefix + "/", StringComparison.Ordinal))
        {
            return ImageHost + path[ImagePrefix.Length..];
        }

        if (path.StartsWith("/api/", StringComparison.Ordinal))
        {
            return "https://imapi.liveme.com" + path;
        }

        return "https://api.imastudio.com" + path;
    }

    /// <summary>The request as the simulator would get it from a client of the real service.</summary>
    private async Task<HttpRequestMessage> RequestAsync(HttpRequest incoming)
    {
        var path = incoming.Path.Value ?? "/";
        var request = new HttpRequestMessage(new HttpMethod(incoming.Method), ServiceAddress(path) + incoming.QueryString);
        using var body = new MemoryStream();
        await incoming.Body.CopyToAsync(body, incoming.HttpContext.RequestAborted).ConfigureAwait(false);
        if (body.Length > 0 || incoming.ContentType is not null)
        {
            var bytes = body.ToArray();
            var isJson = incoming.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) is true;
            request.Content = new ByteArrayContent(isJson ? Encoding.UTF8.GetBytes(Inward(Encoding.UTF8.GetString(bytes))) : bytes);
        }

        foreach (var (name, values) in incoming.Headers)
        {
            if (name != "Host" && !request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                request.Content?.Headers.Remove(name);
                request.Content?.Headers.TryAddWithoutValidation(name, name == "Content-Length" ? [] : (IEnumerable<string?>)values);
            }
        }

        return request;
    }

    private string Outward(string json) => json
        .Replace(StorageHost + "/", new Uri(Address, StoragePrefix + "/").AbsoluteUri, StringComparison.Ordinal)
        .Replace(ImageHost + "/", new Uri(Address, ImagePrefix + "/").AbsoluteUri, StringComparison.Ordinal);

    private string Inward(string json) => json
        .Replace(new Uri(Address, ImagePrefix + "/").AbsoluteUri, ImageHost + "/", StringComparison.Ordinal);
}
