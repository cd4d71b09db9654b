using System.Net;
using ImaNanoBanana.IntegrationTests.MoneyPath;
using ImaNanoBanana.IntegrationTests.Sockets;
using ImaNanoBanana.Tests;

namespace ImaNanoBanana.IntegrationTests.Faults;

/// <summary>
/// Over real sockets: every fault at every endpoint, on every request. The expected cells are those of docs/reliability.md, written by
/// hand.
/// </summary>
public class FaultTableTests
{
    private const string Heading = "## Every fault at every endpoint";
    private const string NotRun = "-";

    /// <summary>Longer than every delay of the client, shorter than the deadlines below.</summary>
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(70);

    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string> Cells()
    {
        var cells = new TheoryData<string, string, string>();
        foreach (var row in MarkdownTable.Read(Heading))
        {
            foreach (var endpoint in FaultEndpoint.All.Where(endpoint => row[endpoint.Name] != NotRun))
            {
                cells.Add(row["fault"], endpoint.Name, row[endpoint.Name]);
            }
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Fault_ends_as_the_table_says(string fault, string at, string expected)
    {
        var endpoint = FaultEndpoint.All.Single(candidate => candidate.Name == at);
        var time = new TestTimeProvider();
        var tries = 0;
        await using var server = new RawServer();
        server.OnAny = request =>
        {
            if (!endpoint.Takes(request))
            {
                var good = FaultEndpoint.All.Single(other => other.Takes(request)).Good;

                // A refused connection must be a new one, so the previous endpoint's connection is the last one that succeeds.
                return Task.FromResult(fault == Fault.Refused ? good.ThenCloseAnnounced() : good);
            }

            Interlocked.Increment(ref tries);
            return Task.FromResult(Fault.All[fault](endpoint, () => time.Advance(AttemptTimeout), time.GetUtcNow()));
        };
        var work = OutcomeAsync(
            () => server.Handler(isRefused: host => fault == Fault.Refused && host == endpoint.Host && IsNext(server, endpoint)), time, at);
        await time.RunAsync(work, LongestDelay, Cancel);
        var outcome = await work;

        // The schedule decides how many polls a watch of 600 s makes.
        var counted = outcome.StartsWith("TimedOut", StringComparison.Ordinal) ? "n" : $"{tries}";
        Assert.Equal(expected, $"{counted} {outcome} {server.CreateBodies}");
    }

    [Fact]
    public void The_table_has_every_fault_and_every_endpoint()
    {
        var rows = MarkdownTable.Read(Heading);

        Assert.Equal(Fault.All.Keys, rows.Select(row => row["fault"]));
        Assert.Equal(FaultEndpoint.All.Select(endpoint => endpoint.Name), rows[0].Keys.Skip(1));
        Assert.Equal(
            [(Fault.SilentBody, "download")],
            rows.SelectMany(row => row.Where(cell => cell.Value == NotRun).Select(cell => (row["fault"], cell.Key))));
    }

    /// <summary>Whether everything before the endpoint's first request has been answered.</summary>
    private static bool IsNext(RawServer server, FaultEndpoint endpoint) => endpoint.Name switch
    {
        "create" => server.Requests.Count > 0,
        "detail" => server.CreateBodies > 0,
        _ => true,
    };

    private static async Task<string> OutcomeAsync(Func<SocketsHttpHandler> connect, TestTimeProvider time, string at)
    {
        var handler = connect();
        handler.AutomaticDecompression = DecompressionMethods.GZip;
        var options = new ImaNanoBananaOptions
        {
            ApiKey = "ima_test_key",
            CreateTimeout = AttemptTimeout,
            ReadAttemptTimeout = AttemptTimeout,
            ReadTimeout = AttemptTimeout * 5,
            PollTimeout = AttemptTimeout,
            TransferStallTimeout = AttemptTimeout,
            TransferTimeout = AttemptTimeout * 5,
            MaxDownloadBytes = 1_000_000,
        };
        using var client = TestClients.Create(options, handler, time);
        var request = new ImageRequest("a puppy") { Images = at is "token" or "PUT" ? [ImageInput.FromBytes(TestImage.Png)] : [] };
        try
        {
            var result = await client.GenerateAsync(request, Cancel);
            if (at == "download")
            {
                using var destination = new MemoryStream();
                await client.DownloadAsync(result.Image, destination, Cancel);
            }

            return "Completed Charged";
        }
        catch (ImaException exception)
        {
            var code = exception.Code is { } number ? $" {number}" : "";
            return $"{exception.Kind}{code} {exception.ChargeStatus}";
        }
    }
}
