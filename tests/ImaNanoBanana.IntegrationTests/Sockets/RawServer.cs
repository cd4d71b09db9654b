using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace ImaNanoBanana.IntegrationTests.Sockets;

/// <summary>
/// A TCP server on loopback with TLS and a minimal HTTP/1.1. It counts every create whose body reached it, as the service's billing would,
/// and handles each request as the test specifies, including closing the connection.
/// </summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private readonly TaskCompletionSource _createArrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _firstConnectionClosed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<RawRequest> _requests = [];
    private int _createBodies;
    private int _connections;

    public RawServer()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The number of creates that arrived with a body.</summary>
    public int CreateBodies => Volatile.Read(ref _createBodies);

    /// <summary>Completes when the body of the first create has arrived.</summary>
    public Task CreateArrived => _createArrived.Task;

    /// <summary>Completes when the server has closed its first connection.</summary>
    public Task FirstConnectionClosed => _firstConnectionClosed.Task;

    public IReadOnlyList<RawRequest> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>The response to a create.</summary>
    public Func<RawRequest, Task<Reply>> OnCreate { get; set; } = static _ => Task.FromResult(Reply.Accepted);

    public Reply OnList { get; set; } = Reply.ProductList;

    /// <summary>The response to every request except list and create.</summary>
    public Func<RawRequest, Task<Reply>> OnOther { get; set; } = static _ => Task.FromResult(Reply.Finished);

    /// <summary>The response to every request, instead of the others; null if there is none.</summary>
    public Func<RawRequest, Task<Reply>>? OnAny { get; set; }

    /// <summary>The number, from 1, of the first connection from which on all connections get a response that is not TLS.</summary>
    public int? ConnectionsWithoutTlsFrom { get; set; }

    /// <summary>Opens a connection to this server, whatever host the client requested.</summary>
    public async ValueTask<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>A primary handler that reaches this server instead of the fixed hosts, with real TLS on a real socket.</summary>
    /// <param name="connect">Opens the connection instead, by its number from 1; null to connect to this server.</param>
    /// <param name="isRefused">Whether a host refuses connections, asked for each connection.</param>
    public SocketsHttpHandler Handler(Func<int, CancellationToken, ValueTask<Stream>>? connect = null, Func<string, bool>? isRefused = null)
    {
        var number = 0;
        return new SocketsHttpHandler
        {
            ConnectCallback = (context, token) =>
                isRefused?.Invoke(context.DnsEndPoint.Host) is true ? UnusedPort.ConnectAsync(token)
                : connect is null ? ConnectAsync(token)
                : connect(Interlocked.Increment(ref number), token),
            SslOptions = TrustTestCertificate,
        };
    }

    /// <summary>Trusts only the test servers' certificate.</summary>
    public static SslClientAuthenticationOptions TrustTestCertificate => new()
    {
        RemoteCertificateValidationCallback = static (_, certificate, _, _) =>
            certificate?.GetCertHashString() == TestCertificate.Instance.Thumbprint,
    };

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
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _ = ServeAndCloseAsync(client, Interlocked.Increment(ref _connections));
            }
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            // The test has ended.
        }
    }

    private async Task ServeAndCloseAsync(TcpClient client, int number)
    {
        using (client)
        {
            await ServeAsync(client, number);
        }

        if (number == 1)
        {
            _firstConnectionClosed.TrySetResult();
        }
    }

    private async Task ServeAsync(TcpClient client, int number)
    {
        try
        {
            if (number >= ConnectionsWithoutTlsFrom)
            {
                await client.GetStream().WriteAsync("220 this is a mail server\r\n"u8.ToArray(), _stop.Token);
                return;
            }

            await using var stream = new SslStream(client.GetStream());
            await stream.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions { ServerCertificate = TestCertificate.Instance }, _stop.Token);
            var place = 0;
            while (await RawRequestReader.ReadAsync(stream, _stop.Token) is { } request)
            {
                var reply = await ReplyToAsync(request with { Connection = (number, ++place) });
                await stream.WriteAsync(reply.Bytes, _stop.Token);
                await WritePaddingAsync(stream, reply.Padding);
                await stream.FlushAsync(_stop.Token);
                if (reply.ThenSilent is { } silence)
                {
                    silence();
                    await stream.ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false, _stop.Token);
                    return;
                }

                if (reply.Reset)
                {
                    client.LingerState = new LingerOption(enable: true, seconds: 0);
                    client.Client.Close();
                    return;
                }

                if (reply.Close)
                {
                    return;
                }
            }
        }
        catch (Exception exception) when (
            exception is IOException or OperationCanceledException or AuthenticationException or SocketException or ObjectDisposedException)
        {
            // The client closed the connection, which several tests cause.
        }
    }

    private async Task WritePaddingAsync(Stream stream, long count)
    {
        var block = new byte[64 * 1024];
        Array.Fill(block, (byte)' ');
        for (var left = count; left > 0; left -= block.Length)
        {
            await stream.WriteAsync(block.AsMemory(0, (int)Math.Min(left, block.Length)), _stop.Token);
        }
    }

    private async Task<Reply> ReplyToAsync(RawRequest request)
    {
        lock (_requests)
        {
            _requests.Add(request);
        }

        if (request.IsCreate && request.Body.Length > 0)
        {
            Interlocked.Increment(ref _createBodies);
            _createArrived.TrySetResult();
        }

        return OnAny is { } answer ? await answer(request)
            : request.IsCreate ? await OnCreate(request)
            : request.Target.StartsWith("/open/v1/product/list", StringComparison.Ordinal) ? OnList : await OnOther(request);
    }
}
