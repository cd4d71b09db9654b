using System.Net;
using System.Text;

namespace ImaNanoBanana.Benchmarks.Transfers;

/// <summary>
/// Redirects the transfers of a client to a socket on loopback, without TLS, and answers its request for an upload token.
/// </summary>
internal sealed class LoopbackHandler(IPEndPoint address) : HttpMessageHandler
{
    private const string Token = """{"code":0,"data":{"ful":"https://b.aliyuncs.com/1","fdl":"https://images.example/1"}}""";

    private readonly HttpMessageInvoker _sockets = new(
        new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false });

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Post)
        {
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(Token, Encoding.UTF8, "application/json") };
        }

        using var message = new HttpRequestMessage(
            request.Method, $"http://{address}{request.RequestUri!.AbsolutePath}")
        { Content = request.Content };
        try
        {
            return await _sockets.SendAsync(message, cancellationToken);
        }
        finally
        {
            message.Content = null;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _sockets.Dispose();
        }

        base.Dispose(disposing);
    }
}
