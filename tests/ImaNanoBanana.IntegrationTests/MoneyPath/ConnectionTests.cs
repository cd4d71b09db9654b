using System.Net;
using ImaNanoBanana.IntegrationTests.Sockets;
using ImaNanoBanana.Tests;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.IntegrationTests.MoneyPath;

/// <summary>Over real sockets: a create has its own connection, and its response is read even if the timer fired first.</summary>
public class ConnectionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Primaries() => ["SocketsHttpHandler", "HttpClientHandler"];

    /// <summary>The peer may just have closed a connection that was used before.</summary>
    [Theory]
    [MemberData(nameof(Primaries))]
    public async Task Create_has_a_connection_of_its_own(string primary)
    {
        await using var server = new RawServer();
        await using var proxy = new RawProxy(server) { OpensAll = true };
        using var client = Client(Primary(primary, server, proxy));

        await client.GenerateAsync(new ImageRequest("a puppy"), Cancel);
        await client.GenerateAsync(new ImageRequest("a kitten"), Cancel);

        var creates = server.Requests.Where(request => request.IsCreate).Select(request => request.Connection).ToList();
        Assert.Equal(2, creates.Count);
        Assert.All(creates, create =>
        {
            Assert.Equal(1, create.Place);
            Assert.Single(server.Requests, request => request.Connection.Number == create.Number);
        });
        Assert.Single(server.Requests.Where(request => !request.IsCreate).Select(request => request.Connection.Number).Distinct());
    }

    /// <summary>A second response to a poll must not be used as the response to the create that follows.</summary>
    [Fact]
    public async Task Late_second_answer_to_another_request_is_never_used_for_the_create()
    {
        const int Rounds = 100;
        var stray = Reply.Json(200, """{"code":200,"data":{"id":"task_of_somebody_else"}}""");
        await using var server = new RawServer
        {
            OnOther = _ => Task.FromResult(new Reply([.. Reply.Finished.Bytes, .. stray.Bytes])),
        };
        using var client = Client(server.Handler());

        for (var round = 0; round < Rounds; round++)
        {
            var result = await client.GenerateAsync(new ImageRequest("a puppy"), Cancel);
            Assert.Equal(Reply.TaskId, result.Task.Id);
        }

        Assert.Equal(Rounds, server.CreateBodies);
    }

    /// <summary>The process was suspended, or its threads were busy, while the response was waiting in the socket.</summary>
    [Fact]
    public async Task Answer_that_is_in_the_socket_when_the_deadline_fires_is_read()
    {
        await using var server = new RawServer();
        var time = new TestTimeProvider();
        var resumed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var handler = server.Handler(async (number, token) =>
        {
            var stream = await server.ConnectAsync(token);
            return number == 1 ? stream : new WatchedStream(stream)
            {
                OnRead = stop => server.CreateArrived.IsCompleted ? resumed.Task.WaitAsync(stop) : Task.CompletedTask,
            };
        });
        using var client = Client(handler, time);

        var work = client.SubmitAsync(new ImageRequest("a puppy"), Cancel);
        await server.CreateArrived;
        time.Advance(TimeSpan.FromSeconds(120));
        await time.WaitForTimerAsync(WireHandler.GracePeriod, Cancel);
        resumed.SetResult();

        Assert.Equal(Reply.TaskId, (await work).Id);
        Assert.Equal(1, server.CreateBodies);
    }

    /// <summary>The id has arrived, but the end of the response has not.</summary>
    [Fact]
    public async Task Id_that_arrived_before_the_deadline_is_on_the_error_although_the_answer_never_ends()
    {
        var whole = Reply.Json(200, $$$"""{"code":200,"data":{"id":"{{{Reply.TaskId}}}"},"more":"{{{new string('x', 20_000)}}}"}""");
        await using var server = new RawServer
        {
            OnCreate = _ => Task.FromResult(new Reply(whole.Bytes[..^1]) { ThenSilent = static () => { } }),
        };
        var time = new TestTimeProvider();
        var allRead = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var handler = server.Handler(async (_, token) => new WatchedStream(await server.ConnectAsync(token))
        {
            OnReading = (total, _) =>
            {
                if (total > whole.Bytes.Length)
                {
                    allRead.TrySetResult();
                }

                return Task.CompletedTask;
            },
        });
        using var client = Client(handler, time);

        var work = client.SubmitAsync(new ImageRequest("a puppy"), Cancel);
        await allRead.Task.WaitAsync(Cancel);
        await time.RunAsync(work, TimeSpan.FromSeconds(120), Cancel);
        var exception = await Assert.ThrowsAsync<ImaException>(() => work);

        Assert.Equal((ImaErrorKind.OutcomeUnknown, Reply.TaskId), (exception.Kind, exception.Task?.Id));
    }

    private static HttpMessageHandler Primary(string name, RawServer server, RawProxy proxy) => name == "SocketsHttpHandler"
        ? server.Handler()
        : new HttpClientHandler
        {
            Proxy = new WebProxy(proxy.Address),
            ServerCertificateCustomValidationCallback = static (_, certificate, _, _) =>
                certificate?.GetCertHashString() == TestCertificate.Instance.Thumbprint,
            CheckCertificateRevocationList = false,
        };

    private static ImaImageClient Client(HttpMessageHandler handler, TimeProvider? time = null) =>
        TestClients.Create(new ImaNanoBananaOptions { ApiKey = "ima_test_key", RequestsPerSecond = null }, handler, time);
}
