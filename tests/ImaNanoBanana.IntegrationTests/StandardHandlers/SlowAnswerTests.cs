using ImaNanoBanana.IntegrationTests.Faults;
using ImaNanoBanana.IntegrationTests.MoneyPath;
using ImaNanoBanana.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace ImaNanoBanana.IntegrationTests.StandardHandlers;

/// <summary>
/// What the time limits of the standard handlers end, in simulated time and without sockets. The expected cells are those of
/// docs/reliability.md.
/// </summary>
public class SlowAnswerTests
{
    private const string Heading = "### Slow answers";

    /// <summary>By row: the endpoint, the time until the headers of its answer, and the time from there to the end.</summary>
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

    private static readonly Dictionary<string, Action<IHttpClientBuilder>> Columns = new()
    {
        ["no handler"] = client => StandardSetting.Remove(client),
        ["resilience"] = client => client.AddStandardResilienceHandler(),
        ["hedging"] = client => client.AddStandardHedgingHandler(),
        ["resilience with longer limits"] = client => client.AddStandardResilienceHandler(options =>
        {
            options.AttemptTimeout.Timeout = TimeSpan.FromMinutes(10);
            options.TotalRequestTimeout.Timeout = TimeSpan.FromMinutes(10);
            options.CircuitBreaker.SamplingDuration = TimeSpan.FromMinutes(20);
        }),
    };

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
        var (name, untilHeaders, untilEnd) = Requests[request];
        var time = new ManualTimeProvider();
        using var service = new SlowHandler(
            time, FaultEndpoint.All.Single(endpoint => endpoint.Name == name), TimeSpan.FromSeconds(untilHeaders), TimeSpan.FromSeconds(untilEnd));
        await using var provider = Provider(service, time, Columns[column]);

        var work = OutcomeAsync(provider.GetRequiredService<IImaImageClient>(), name);
        await time.RunAsync(work, TimeSpan.FromHours(1), TestContext.Current.CancellationToken);

        Assert.Equal(expected, $"{service.Requests} {await work}");
        Console.WriteLine($"ZZZ {request} {column} {service.Requests} {await work} {time.GetUtcNow():mm:ss.fff} running {service.Running}");
        Assert.Equal(0, service.Running);
    }

    [Fact]
    public void The_table_has_every_request_and_column()
    {
        var rows = MarkdownTable.Read(Heading);

        Assert.Equal(Requests.Keys, rows.Select(row => row["request"]));
        Assert.Equal(Columns.Keys, rows[0].Keys.Skip(1));
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

    private static ServiceProvider Provider(HttpMessageHandler service, TimeProvider time, Action<IHttpClientBuilder> configure)
    {
        var services = new ServiceCollection().AddSingleton(time);
        services.AddImaNanoBanana(options =>
        {
            options.ApiKey = "ima_test_key";
            options.TransferStallTimeout = TimeSpan.FromMinutes(2);
        });
        configure(services.AddHttpClient(ImaClientDefaults.ClientName).ConfigurePrimaryHttpMessageHandler(() => service));
        return services.BuildServiceProvider();
    }
}
