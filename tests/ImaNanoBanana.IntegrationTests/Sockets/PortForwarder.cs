using System.Net;
using System.Net.Sockets;

namespace ImaNanoBanana.IntegrationTests.Sockets;

/// <summary>
/// Forwards each connection to another port without changing it, as an orchestrator or a container's published port does, and keeps what
/// the callers sent.
/// </summary>
internal sealed class PortForwarder : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ended = new();
    private readonly List<Task> _connections = [];
    private readonly object _receiving = new();
    private readonly MemoryStream _received = new();
    private readonly int _target;
    private readonly Task _accepting;

    /// <param name="target">The port on 127.0.0.1 that receives the connections.</param>
    public PortForwarder(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>The bytes of all callers.</summary>
    public byte[] Received
    {
        get
        {
            lock (_receiving)
            {
                return _received.ToArray();
            }
        }
    }

    public Uri Address => new($"http://{_listener.LocalEndpoint}/");

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_connections);
        _ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _connections.Add(ForwardAsync(await _listener.AcceptTcpClientAsync(_ended.Token)));
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task ForwardAsync(TcpClient caller)
    {
        using var server = new TcpClient();
        using (caller)
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _target, _ended.Token);
                var (near, far) = (caller.GetStream(), server.GetStream());
                await Task.WhenAny(SendAsync(near, far), far.CopyToAsync(near, _ended.Token));
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
            {
            }
        }
    }
    private async Task SendAsync(NetworkStream caller, NetworkStream server)
    {
        var block = new byte[8192];
        int count;
        while ((count = await caller.ReadAsync(block, _ended.Token)) > 0)
        {
            lock (_receiving)
            {
                _received.Write(block, 0, count);
            }

            await server.WriteAsync(block.AsMemory(0, count), _ended.Token);
        }
    }
}
