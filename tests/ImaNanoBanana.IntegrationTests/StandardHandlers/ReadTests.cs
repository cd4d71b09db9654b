using ImaNanoBanana.IntegrationTests.Faults;
using ImaNanoBanana.IntegrationTests.MoneyPath;
using ImaNanoBanana.IntegrationTests.Sockets;
using ImaNanoBanana.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;

namespace ImaNanoBanana.IntegrationTests.StandardHandlers;

/// <summary>
/// Over real sockets, with the standard handlers themselves on the test's clock: how often a request that spends nothing reaches the
/// server. The expected cells are those of docs/reliability.md.
/// </summary>
public class ReadTests
{
    private const string Heading = "### Requests that spend nothing";

    private static readonly string[] Handlers = ["resilience", "hedging"];

    /// <summary>By row: the endpoint, its constant answer, and the error.</summary>
    private static readonly Dictionary<string, (string Endpoint, Reply Reply, ImaErrorKind Error)> Requests = new()
    {
        ["list, 503"] = ("list", Reply.GatewayError, ImaErrorKind.CatalogUnavailable),
        ["list, connection lost"] = ("list", Reply.Drop, ImaErrorKind.CatalogUnavailable),
        ["poll, 503"] = ("detail", Reply.GatewayError, ImaErrorKind.WatchFailed),
        ["upload token, 503"] = ("token", Reply.GatewayError, ImaErrorKind.UploadFailed),
        ["PUT, 503"] = ("PUT", Reply.GatewayError, ImaErrorKind.UploadFailed),
        ["download, 503"] = ("download", Reply.GatewayError, ImaErrorKind.DownloadFailed),
    };

    public static TheoryData<string, bool, string, string, string> Cells()
    {
        var cells = new TheoryData<string, bool, string, string, string>();
        foreach (var row in MarkdownTable.Read(Heading))
        {
            foreach (var setting in StandardSetting.All.Keys)
            {
                cells.Add(row["handler"], row["RetryReads"] == "true", row["request"], setting, row[setting]);
            }
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Server_gets_as_many_requests_as_the_table_says(
        string handler, bool retryReads, string request, string setting, string expected)
    {
        var (name, reply, error) = Requests[request];
        var endpoint = FaultEndpoint.All.Single(candidate => candidate.Name == name);
        var time = new TestTimeProvider();
        await using var server = new RawServer
        {
            OnAny = asked => Task.FromResult(endpoint.Takes(asked) ? reply : FaultEndpoint.All.Single(other => other.Takes(asked)).Good),
        };
        await using var app = new StandardApp(time, () => server.Handler(), handler, setting, options => options.RetryReads = retryReads);

        // The middle of each random delay, so that the time limit of an outer handler always falls into the same round.
        app.Services.ConfigureAll<HttpStandardResilienceOptions>(options => options.Retry.Randomizer = static () => 0.5);

        var work = Assert.ThrowsAsync<ImaException>(() => EndpointCall.RunAsync(app.Client, name));
        await time.RunAsync(work, StandardApp.LongestDelay, TestContext.Current.CancellationToken);

        Assert.Equal(error, (await work).Kind);
        Assert.Equal(expected, $"{server.Requests.Count(endpoint.Takes)}");
        Assert.Equal(app.ExpectedPipelines, app.Pipelines);
    }

    [Fact]
    public void The_table_has_every_handler_and_request_and_setting()
    {
        var rows = MarkdownTable.Read(Heading);

        Assert.Equal(
            from handler in Handlers
            from retryReads in new[] { "true", "false" }
            from request in Requests.Keys
            select (handler, retryReads, request),
            rows.Select(row => (row["handler"], row["RetryReads"], row["request"])));
        Assert.Equal(StandardSetting.All.Keys, rows[0].Keys.Skip(3));
    }
}
