using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ImaNanoBanana.Benchmarks.Transfers;

/// <summary>
/// The other end of a transfer, on loopback: it discards what is sent and returns what is requested. It has its own thread and allocates
/// nothing during the transfer.
/// </summary>
internal sealed class RawPeer : IDisposable
{
    private const int BlockSize = 256 * 1024;
    private const int LongestHeader = 16 * 1024;

    private static readonly byte[] HeaderEnd = "\r\n\r\n"u8.ToArray();
    private static readonly byte[] Taken = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray();

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly byte[] _download;
    private readonly byte[] _downloadHeader;

    /// <param name="download">The answer to a GET.</param>
    public RawPeer(byte[] download)
    {
        _download = download;
        _downloadHeader = Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: {download.Length}\r\n\r\n"));
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        new Thread(Accept) { IsBackground = true }.Start();
    }

    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndPoint!;

    public void Dispose() => _listener.Dispose();

    private void Accept()
    {
        try
        {
            while (true)
            {
                var connection = _listener.Accept();
                new Thread(() => Serve(connection)) { IsBackground = true }.Start();
            }
        }
        catch (SocketException)
        {
            // Disposed.
        }
        catch (ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private void Serve(Socket connection)
    {
        connection.NoDelay = true;
        var block = new byte[BlockSize];
        using (connection)
        {
            try
            {
                while (ReadHeader(connection, block) is var (header, count) && header > 0)
                {
                    if (block.AsSpan().StartsWith("GET"u8))
                    {
                        connection.Send(_downloadHeader);
                        connection.Send(_download);
                        continue;
                    }

                    var left = ContentLength(block.AsSpan(0, header)) - (count - header);
                    while (left > 0)
                    {
                        left -= connection.Receive(block, (int)Math.Min(left, block.Length), SocketFlags.None) is > 0 and var received
                            ? received
                            : throw new SocketException();
                    }

                    connection.Send(Taken);
                }
            }
            catch (SocketException)
            {
                // The client closed the connection.
            }
        }
    }

    /// <returns>The end of the header and the number of bytes received; 0 if the connection ended.</returns>
    private static (int Header, int Count) ReadHeader(Socket connection, byte[] block)
    {
        var count = 0;
        while (count < LongestHeader)
        {
            var received = connection.Receive(block, count, LongestHeader - count, SocketFlags.None);
            if (received == 0)
            {
                return (0, 0);
            }

            count += received;
            if (block.AsSpan(0, count).IndexOf(HeaderEnd) is >= 0 and var at)
            {
                return (at + HeaderEnd.Length, count);
            }
        }

        return (0, 0);
    }

    private static long ContentLength(ReadOnlySpan<byte> header)
    {
        var name = "Content-Length: "u8;
        var value = header[(header.IndexOf(name) + name.Length)..];
        return long.Parse(value[..value.IndexOf((byte)'\r')], NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
