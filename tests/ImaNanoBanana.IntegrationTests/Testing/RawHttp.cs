using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ImaNanoBanana.IntegrationTests.Testing;

/// <summary>Sends a request exactly as written, as curl or a client in another language would, with no header of its own.</summary>
internal static class RawHttp
{
    /// <param name="server">The address of the server.</param>
    /// <param name="start">Method, path and query.</param>
    /// <param name="headers">The headers, apart from <c>Host</c>, <c>Connection</c> and <c>Content-Length</c>.</param>
    /// <param name="body">The body, or null for none.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>Status, header lines and body.</returns>
    public static async Task<(int Status, IReadOnlyList<string> Headers, string Body)> SendAsync(
        Uri server, string start, IEnumerable<string> headers, string? body, CancellationToken cancellationToken)
    {
        var text = new StringBuilder().Append(
            CultureInfo.InvariantCulture, $"{start} HTTP/1.1\r\nHost: {server.Authority}\r\nConnection: close\r\n");
        foreach (var header in headers)
        {
            text.Append(header).Append("\r\n");
        }

        if (body is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n");
        }

        text.Append("\r\n").Append(body);
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port, cancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellationToken);
        using var answer = new MemoryStream();
        await stream.CopyToAsync(answer, cancellationToken);
        var parts = Encoding.Latin1.GetString(answer.ToArray()).Split("\r\n\r\n", 2);
        var lines = parts[0].Split("\r\n");
        return (int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture), lines[1..], parts[1]);
    }
}
