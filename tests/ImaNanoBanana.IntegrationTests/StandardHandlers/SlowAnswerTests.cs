using ImaNanoBanana.IntegrationTests.Faults;
using ImaNanoBanana.IntegrationTests.MoneyPath;
using ImaNanoBanana.Options;
using ImaNanoBanana.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace ImaNanoBanana.IntegrationTests.StandardHandlers;

/// <summary>
/// Which calls the time limits of the standard handlers end, in simulated time and without sockets. The expected cells are those of
/// docs/reliability.md.
/// </summary>
public class SlowAnswerTests
{
    private const string Heading = "### Slow answers";

    /// <summary>By row: the endpoint, the time until the response headers, and the time from there to the end.</summary>
    private static readonly Dictionary<string, (string Endpoint, int UntilHeaders, int UntilEnd)> Requests = new()
    {
        ["list, answer after 20 s"] = ("list", 20, 0),
        ["poll, answer after 20 s"] = ("detail", 20, 0),
        ["upload token, answer after 20 s"] = ("token", 20, 0),
        ["PUT, answer after 20 s"] = ("PUT", 20, 0),
        ["PUT, answer after 40 s"] = ("PUT", 40, 0),
        ["download, headers after 20 s"] = ("download", 20, 0),
        ["download, headers after 40 s"] = ("download", 40, 0),
        ["download, last byte 40 s after the headers"] = ("download", 0, 40),
    };

    /// <summary>By column: the handler, how it is added, whether the SDK repeats, and what else is done to its client.</summary>
    private static readonly Dictionary<string, (
        string Handler, string Setting, bool RetryReads, Action<IHttpClientBuilder> More)> Columns = new()
        {
            ["no handler"] = ("resilience", "defaults, removed by name", true, Nothing),
            ["resilience"] = ("resilience", "by name", true, Nothing),
            ["resilience, RetryReads off"] = ("resilience", "by name", false, Nothing),
            ["hedging"] = ("hedging", "by name", true, Nothing),
            ["resilience with longer limits"] = (
            "resilience", "defaults, removed by name", true, static client => client.AddStandardResilienceHandler(options =>
        {
            options.AttemptTimeout.Timeout = TimeSpan.FromMinutes(10);
            options.TotalRequestTimeout.Timeout = TimeSpan.FromMinutes(10);
            options.CircuitBreaker.SamplingDuration = TimeSpan.FromMinutes(20);
        })),
        };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string> Cells()
    {
        var cells = new TheoryData<string, string, string>();
        foreach (var row in MarkdownTable.Read(Heading))
        {
            foreach (var column in Columns.Keys)
            {
                cells.Add(row["request"], column, row[column]);
            }
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Slow_answer_ends_as_the_table_says(string request, string column, string expected)
    {
        // Run once to compile the code: the clock treats a thread that works for too long as a waiting thread.
        await EndAsync(request, column);

        Assert.Equal(expected, await EndAsync(request, column));
    }

    [Fact]
    public void The_table_has_every_request_and_column()
    {
        var rows = MarkdownTable.Read(Heading);

        Assert.Equal(Requests.Keys, rows.Select(row => row["request"]));
        Assert.Equal(Columns.Keys, rows[0].Keys.Skip(1));
    }

    /// <returns>How many requests were made, and how the call ended.</returns>
    private static async Task<string> EndAsync(string request, string column)
    {
        var (endpoint, untilHeaders, untilEnd) = Requests[request];
        var (handler, setting, retryReads, more) = Columns[column];
        var time = new TestTimeProvider();
        using var service = new SlowHandler(
            time, FaultEndpoint.All.Single(
                candidate => candidate.Name == endpoint), TimeSpan.FromSeconds(untilHeaders), TimeSpan.FromSeconds(untilEnd));
        await using var app = new StandardApp(time, () => service, handler, setting, options =>
        {
            options.TransferStallTimeout = TimeSpan.FromMinutes(2);
            options.RetryReads = retryReads;
        });
        more(app.Services.AddHttpClient(ImaClientDefaults.ClientName));

        var work = OutcomeAsync(app.Client, endpoint);
        await service.RunAsync(work, Cancel);

        // A request that a handler gave up must not stay on the connection.
        await service.Idle.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        return $"{service.Requests} {await work}";
    }

    private static async Task<string> OutcomeAsync(IImaImageClient client, string endpoint)
    {
        try
        {
            await EndpointCall.RunAsync(client, endpoint);
            return "done";
        }
        catch (ImaException)
        {
            return "failed";
        }
    }

    private static void Nothing(IHttpClientBuilder client)
    {
    }
}
