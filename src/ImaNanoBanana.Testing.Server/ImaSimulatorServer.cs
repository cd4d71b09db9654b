using System.Net;
using System.Text;
using ImaNanoBanana.Testing.Control;
using ImaNanoBanana.Testing.Pages;
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
/// Serves an <see cref="ImaSimulator"/> over plain http on the loopback interface, so that programs in any language can use it.
/// The paths are those of the real service. URLs in its responses have the host and port of the request, so they also work through a
/// forwarded port. Programs in other processes set scenarios and settings and read the charges at paths that start with
/// <c>/simulator/</c>. A browser shows the tasks at <c>/</c>.
/// </summary>
/// <remarks>Thread-safe. Dispose it to stop listening. The simulator still belongs to the caller.</remarks>
public sealed class ImaSimulatorServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpMessageInvoker _simulator;
    private readonly SimulatorControl _control;
    private readonly SimulatorPages _pages;
    private readonly SimulatorStateFile? _state;

    private ImaSimulatorServer(WebApplication app, ImaSimulator simulator, SimulatorStateFile? state)
    {
        _state = state;
        _app = app;
        _simulator = new HttpMessageInvoker(simulator, disposeHandler: false);
        _control = new SimulatorControl(simulator);
        _pages = new SimulatorPages(simulator);
        Simulator = simulator;
    }

    /// <summary>The address on which the server listens, for example <c>http://127.0.0.1:5080/</c>.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>The simulator that is served, with its ledger and its violations.</summary>
    public ImaSimulator Simulator { get; }

    /// <summary>Starts a server.</summary>
    /// <param name="simulator">The simulator to serve, or null for a new one.</param>
    /// <param name="port">The port on 127.0.0.1, or 0 for any free port.</param>
    /// <param name="stateFile">
    /// A file that keeps the state over restarts: tasks, charges, uploads, prices, settings, pending scenarios and faults, violations and
    /// differences. If it exists, it replaces the state of the simulator. Each change is on the disk before its response is sent, so a
    /// process that is killed loses at most the requests under way. Null for none. Its folder must exist.
    /// </param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <returns>The running server; the caller disposes it.</returns>
    /// <exception cref="InvalidDataException">The state file is damaged. It was not changed.</exception>
    /// <exception cref="IOException">The port or the state file is in use, or the state file cannot be read or written.</exception>
    public static async Task<ImaSimulatorServer> StartAsync(
        ImaSimulator? simulator = null, int port = 0, string? stateFile = null, CancellationToken cancellationToken = default)
    {
        var served = simulator ?? new ImaSimulator();
        var state = stateFile is null
            ? null
            : await SimulatorStateFile.OpenAsync(served, stateFile, cancellationToken).ConfigureAwait(false);
        try
        {
            return await StartAsync(served, port, state, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            if (state is not null)
            {
                await state.DisposeAsync().ConfigureAwait(false);
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync().ConfigureAwait(false);
        _simulator.Dispose();
        if (_state is not null)
        {
            await _state.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static async Task<ImaSimulatorServer> StartAsync(
        ImaSimulator simulator, int port, SimulatorStateFile? state, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var app = builder.Build();
        var server = new ImaSimulatorServer(app, simulator, state);
        app.Run(server.AnswerAsync);
        try
        {
            await app.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        server.Address = new Uri(addresses.First());
        return server;
    }

    private Task AnswerAsync(HttpContext context)
    {
        if (SimulatorPages.IsPage(context.Request))
        {
            return _pages.AnswerAsync(context);
        }

        return context.Request.Path.StartsWithSegments(SimulatorControl.Prefix, StringComparison.Ordinal)
            ? ControlAsync(context)
            : ServeAsync(context);
    }

    /// <summary>Keeps the state before a response: what a caller knows is not lost. A response of a failed write is a 500.</summary>
    private Task SaveAsync() => _state?.SaveAsync(CancellationToken.None) ?? Task.CompletedTask;

    private async Task ControlAsync(HttpContext context)
    {
        if (_state is not null)
        {
            context.Response.OnStarting(SaveAsync);
        }

        await _control.AnswerAsync(context).ConfigureAwait(false);
    }

    private async Task ServeAsync(HttpContext context)
    {
        var addresses = ServedAddresses.For(context.Request.Scheme, context.Request.Host, Address);
        using var request = await RequestAsync(context.Request, addresses).ConfigureAwait(false);
        HttpResponseMessage response;
        try
        {
            response = await _simulator.SendAsync(request, context.RequestAborted).ConfigureAwait(false);
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.ResponseEnded)
        {
            // A fault that closes the connection, maybe after the request had an effect.
            await SaveAsync().ConfigureAwait(false);
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
            await SaveAsync().ConfigureAwait(false);
            await WriteAsync(context, response, addresses).ConfigureAwait(false);
        }
    }

    private static async Task WriteAsync(HttpContext context, HttpResponseMessage response, ServedAddresses addresses)
    {
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.NonValidated)
        {
            context.Response.Headers[name] = values.ToArray();
        }

        if (response.Content.Headers.ContentDisposition is { } disposition)
        {
            context.Response.Headers.ContentDisposition = disposition.ToString();
        }

        var mediaType = response.Content.Headers.ContentType?.ToString();
        context.Response.ContentType = mediaType;
        if (response.StatusCode == HttpStatusCode.NotModified)
        {
            return;
        }

        var isJson = mediaType?.StartsWith("application/json", StringComparison.Ordinal) is true;
        using var json = new MemoryStream();
        try
        {
            await response.Content.CopyToAsync(isJson ? json : context.Response.Body, context.RequestAborted).ConfigureAwait(false);
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.ResponseEnded)
        {
            // A fault that ends the response in the middle: send the part that exists, then throw to end the connection.
            await WriteJsonAsync().ConfigureAwait(false);
            await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
            throw;
        }

        await WriteJsonAsync().ConfigureAwait(false);

        Task WriteJsonAsync() =>
            context.Response.WriteAsync(
                addresses.Outward(Encoding.UTF8.GetString(json.GetBuffer(), 0, (int)json.Length)), context.RequestAborted);
    }

    /// <summary>Converts the request into the form in which the simulator would receive it from a client of the real service.</summary>
    private async Task<HttpRequestMessage> RequestAsync(HttpRequest incoming, ServedAddresses addresses)
    {
        var path = incoming.Path.Value ?? "/";
        var request = new HttpRequestMessage(
            new HttpMethod(incoming.Method), ServedAddresses.ServiceAddress(path) + incoming.QueryString);
        using var body = new MemoryStream();
        await incoming.Body.CopyToAsync(body, incoming.HttpContext.RequestAborted).ConfigureAwait(false);
        if (body.Length > 0 || incoming.ContentType is not null)
        {
            var bytes = body.ToArray();
            var isJson = incoming.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) is true;
            request.Content = new ByteArrayContent(isJson ? Inward(bytes, addresses) : bytes);
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

    /// <summary>An image may have been uploaded at the server's own address and be used through a forwarded port.</summary>
    private byte[] Inward(byte[] json, ServedAddresses addresses) => Encoding.UTF8.GetBytes(
        ServedAddresses.At(Address).Inward(addresses.Inward(Encoding.UTF8.GetString(json))));
}
