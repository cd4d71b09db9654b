using System.Net;
using ImaNanoBanana.IntegrationTests.Handlers;
using ImaNanoBanana.IntegrationTests.Sockets;
using ImaNanoBanana.Tests;

namespace ImaNanoBanana.IntegrationTests.MoneyPath;

/// <summary>
/// Over real sockets: the client distinguishes "not sent" from "sent" in every way a connection can fail. The expected values are those of
/// docs/reliability.md. The product list is always read first, on its own connection.
/// </summary>
public class SentOrNotTests
{
    private const string Heading = "## Sent or not sent";

    private static readonly Dictionary<string, Func<RawServer, CancellationTokenSource, Task<string>>> Situations = new()
    {
        ["connection refused"] = (server, _) => SecondConnectionAsync(server, (_, token) => UnusedPort.ConnectAsync(token)),
        ["unknown host (DNS)"] = (server, _) => SecondConnectionAsync(server, async (_, token) =>
        {
            await Dns.GetHostAddressesAsync("no-such-host.invalid", token);
            throw new InvalidOperationException("The reserved name exists.");
        }),
        // The first connection must be made within this time, even on a busy machine.
        ["connect timeout"] = (server, _) => SecondConnectionAsync(
            server, NeverAsync, handler => handler.ConnectTimeout = TimeSpan.FromSeconds(5)),
        ["TLS failure"] = (server, _) =>
        {
            server.ConnectionsWithoutTlsFrom = 2;
            return SecondConnectionAsync(server, (_, token) => server.ConnectAsync(token));
        },
        ["untrusted certificate"] = (server, _) =>
        {
            var trusting = 1;
            return SecondConnectionAsync(server, (_, token) => server.ConnectAsync(token), handler =>
                handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => Interlocked.Decrement(ref trusting) >= 0);
        },
        ["proxy refuses the tunnel"] = async (server, _) =>
        {
            server.OnList = Reply.ProductList.ThenCloseAnnounced();
            await using var proxy = new RawProxy(server);
            using var handler = new SocketsHttpHandler { Proxy = new WebProxy(proxy.Address), SslOptions = RawServer.TrustTestCertificate };
            return await StartAsync(server, handler);
        },
        ["cancelled before sending"] = async (server, cancel) =>
        {
            using var client = Client(server.Handler());
            try
            {
                await foreach (var progress in client.GenerateStreamingAsync(new ImageRequest("a puppy"), cancel.Token))
                {
                    if (progress.Stage == ImageStage.Submitting)
                    {
                        await cancel.CancelAsync();
                    }
                }
            }
            catch (ImageGenerationCanceledException exception) when (
                exception.ChargeStatus == ImaChargeStatus.NotCharged && exception.Task is null)
            {
                return $"{server.CreateBodies} cancelled, not charged";
            }

            return "no cancellation";
        },
        ["cancelled while connecting"] = (server, cancel) => SecondConnectionAsync(server, async (_, token) =>
        {
            await cancel.CancelAsync();
            return await NeverAsync(2, token);
        }, cancel: cancel),
        ["cancelled after the body went out, answered within the grace"] = async (server, cancel) =>
        {
            server.OnCreate = async _ =>
            {
                await cancel.CancelAsync();
                return Reply.Accepted;
            };
            return await StartAsync(server, server.Handler(), cancel: cancel);
        },
        ["idle connection closed by the server before the create"] = async (server, _) =>
        {
            server.OnList = Reply.ProductList.ThenClose();
            using var client = Client(server.Handler());
            await foreach (var progress in client.GenerateStreamingAsync(new ImageRequest("a puppy")))
            {
                if (progress.Stage == ImageStage.Submitting)
                {
                    await server.FirstConnectionClosed;
                }

                if (progress.Stage == ImageStage.Accepted)
                {
                    return $"{server.CreateBodies} accepted";
                }
            }

            return "no task";
        },
        ["pooled connection lost after the body"] = (server, _) =>
        {
            server.OnCreate = static _ => Task.FromResult(Reply.Drop);
            return StartAsync(server, server.Handler());
        },
        ["connection lost in the answer's body"] = (server, _) =>
        {
            var whole = Reply.Accepted;
            server.OnCreate = _ => Task.FromResult(new Reply(whole.Bytes[..^9], Close: true));
            return StartAsync(server, server.Handler());
        },
        ["the app's own primary handler, redirects on, 302"] = (server, _) =>
        {
            server.OnCreate = static _ => Task.FromResult(Reply.Redirect(302, "/elsewhere"));
            return StartAsync(server, Redirecting(server));
        },
        ["the same, 307"] = (server, _) =>
        {
            server.OnCreate = static _ => Task.FromResult(Reply.Redirect(307, "/open/v1/tasks/create"));
            return StartAsync(server, Redirecting(server));
        },
        ["a primary handler that hides its redirects, 302"] = (server, _) =>
        {
            server.OnCreate = static _ => Task.FromResult(Reply.Redirect(302, "/elsewhere"));
            return StartAsync(server, new ForwardingHandler(server.Handler()));
        },
        ["the same, hidden, 307"] = (server, _) =>
        {
            server.OnCreate = static _ => Task.FromResult(Reply.Redirect(307, "/open/v1/tasks/create"));
            return StartAsync(server, new ForwardingHandler(server.Handler()));
        },
        ["a primary handler that re-sends on 5xx itself"] = (server, _) =>
        {
            server.OnCreate = static _ => Task.FromResult(Reply.GatewayError);
            return StartAsync(server, new ForwardingHandler(server.Handler(), attempts: 3));
        },
    };

    public static TheoryData<string, string> Rows()
    {
        var rows = new TheoryData<string, string>();
        foreach (var row in MarkdownTable.Read(Heading))
        {
            rows.Add(row["situation"], row["bodies and outcome"]);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Sent_and_not_sent_are_distinguished(string situation, string expected)
    {
        await using var server = new RawServer();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        Assert.Equal(expected, await Situations[situation](server, cancel));
    }

    [Fact]
    public void The_table_has_every_situation() =>
        Assert.Equal(Situations.Keys.Order(), MarkdownTable.Read(Heading).Select(row => row["situation"]).Order());

    /// <summary>The list's connection is closed after its response, so that the create needs a second one.</summary>
    private static Task<string> SecondConnectionAsync(
        RawServer server,
        Func<int, CancellationToken, ValueTask<Stream>> connect,
        Action<SocketsHttpHandler>? configure = null,
        CancellationTokenSource? cancel = null)
    {
        server.OnList = Reply.ProductList.ThenCloseAnnounced();
        var handler = server.Handler((number, token) => number == 1 ? server.ConnectAsync(token) : connect(number, token));
        configure?.Invoke(handler);
        return StartAsync(server, handler, cancel);
    }

    private static async Task<string> StartAsync(RawServer server, HttpMessageHandler handler, CancellationTokenSource? cancel = null)
    {
        var time = new TestTimeProvider();
        using var client = Client(handler, time);
        return await Observed.StartAsync(client, server, time, cancel?.Token ?? TestContext.Current.CancellationToken);
    }

    private static SocketsHttpHandler Redirecting(RawServer server)
    {
        var handler = server.Handler();
        handler.AllowAutoRedirect = true;
        return handler;
    }

    private static ImaImageClient Client(HttpMessageHandler handler, TimeProvider? time = null) =>
        TestClients.Create(new ImaNanoBananaOptions { ApiKey = "ima_test_key" }, handler, time);

    private static async ValueTask<Stream> NeverAsync(int number, CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        throw new InvalidOperationException($"Connection {number} was to be waited for until it is cancelled.");
    }
}
