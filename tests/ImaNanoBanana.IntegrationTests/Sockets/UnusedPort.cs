using System.Net;
using System.Net.Sockets;

namespace ImaNanoBanana.IntegrationTests.Sockets;

/// <summary>A loopback port without a listener: it was just free.</summary>
internal static class UnusedPort
{
    /// <exception cref="SocketException">Always: the connection is refused.</exception>
    public static async ValueTask<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        using var nobody = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await nobody.ConnectAsync(IPAddress.Loopback, Find(), cancellationToken);
        throw new InvalidOperationException("Somebody listens there.");
    }

    private static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
