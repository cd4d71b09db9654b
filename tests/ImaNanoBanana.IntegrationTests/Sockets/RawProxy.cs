using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ImaNanoBanana.IntegrationTests.Sockets;

/// <summary>An HTTP proxy on loopback that opens the first tunnel to a server and refuses every later one.</summary>
internal sealed class RawProxy : IAsyncDisposable
{
    private readonly RawServer _server;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    public RawProxy(RawServer server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Whether every tunnel is opened.</summary>
    public bool OpensAll { get; init; }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            for (var number = 1; ; number++)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _ = ServeAsync(client, opens: OpensAll || number == 1);
            }
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            // The test has ended.
        }
    }

    private async Task ServeAsync(TcpClient client, bool opens)
    {
        using var owned = client;
        try
        {
            await using var near = client.GetStream();
            _ = await RawRequestReader.ReadAsync(near, _stop.Token);
            await near.WriteAsync(
                Encoding.ASCII.GetBytes(opens ? "HTTP/1.1 200 OK\r\n\r\n" : "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"),
                _stop.Token);
            if (opens)
            {
                await using var far = await _server.ConnectAsync(_stop.Token);
                await Task.WhenAny(near.CopyToAsync(far, _stop.Token), far.CopyToAsync(near, _stop.Token));
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or SocketException)
        {
            // One end closed the connection.
        }
    }
}
