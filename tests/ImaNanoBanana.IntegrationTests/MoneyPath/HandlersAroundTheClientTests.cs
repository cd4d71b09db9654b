using ImaNanoBanana.IntegrationTests.Handlers;
using ImaNanoBanana.IntegrationTests.Sockets;
using ImaNanoBanana.IntegrationTests.StandardHandlers;
using ImaNanoBanana.Options;
using ImaNanoBanana.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace ImaNanoBanana.IntegrationTests.MoneyPath;

/// <summary>
/// Over real sockets: whatever handler an app adds, and however it adds it, at most one create body reaches the server, and the caller
/// gets the true answer. The expected cells are those of docs/reliability.md.
/// </summary>
public class HandlersAroundTheClientTests
{
    private const string Heading = "## Handlers of the app";

    private const string TooLate = "standard resilience, answer too late for it";

    /// <summary>Later than every time limit of the standard handler and earlier than the client's own.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(40);

    private static readonly Dictionary<string, Func<TimeProvider, DelegatingHandler>> Handlers = new()
    {
        ["re-sends on any exception or 5xx"] = _ => new ResendingHandler(),
        ["hedges, same request"] = _ => new HedgingHandler(HedgingHandler.Same),
        ["hedges, clones"] = _ => new HedgingHandler(HedgingHandler.Clone),
        ["hedges, clones without options"] = _ => new HedgingHandler(CreateOnly(HedgingHandler.BareClone)),
        ["buffers, then re-sends"] = _ => new BufferingHandler(),
        [TooLate] = StandardPipelineHandler.Create,
    };

    private static readonly Dictionary<string, Reply> Answers = new()
    {
        ["a task id"] = Reply.Accepted,
        ["a refusal (4008)"] = Reply.RequestErrors,
        ["503 of a gateway"] = Reply.GatewayError,
        ["connection lost after the body"] = Reply.Drop,
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string, string> Cells()
    {
        var cells = new TheoryData<string, string, string, string>();
        foreach (var row in MarkdownTable.Read(Heading))
        {
            foreach (var placement in Placement.All.Keys)
            {
                cells.Add(row["handler"], row["the service answers"], placement, row[placement]);
            }
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task At_most_one_create_body_is_sent_and_the_caller_has_the_true_answer(
        string handler, string answer, string placement, string expected)
    {
        var time = new TestTimeProvider();
        var delay = handler == TooLate ? Late : TimeSpan.Zero;
        await using var server = new RawServer
        {
            OnCreate = async _ =>
            {
                await Task.Delay(delay, time, Cancel);
                return Answers[answer];
            },
        };
        DelegatingHandler? outer = null;
        var services = new ServiceCollection().AddSingleton<TimeProvider>(time);
        Placement.All[placement](services, () => outer = Handlers[handler](time), Register);
        await using var provider = services.BuildServiceProvider();

        var observed = await Observed.StartAsync(
            provider.GetRequiredService<IImaImageClient>(), server, time, StandardApp.LongestDelay, delay == Late
                ? Late
                : StandardApp.LongestDelay, Cancel);

        Assert.NotNull(outer);
        Assert.Equal(expected, observed);

        void Register(IServiceCollection collection)
        {
            var ima = collection.AddImaNanoBanana(options => options.ApiKey = "ima_test_key");
            collection.AddHttpClient(ImaClientDefaults.ClientName).ConfigurePrimaryHttpMessageHandler(() => server.Handler());
        }
    }

    [Fact]
    public void The_table_has_every_handler_and_answer_and_placement()
    {
        var rows = MarkdownTable.Read(Heading);

        var written = rows.Select(row => (row["handler"], row["the service answers"])).ToHashSet();
        var known = Handlers.Keys.SelectMany(handler => Answers.Keys.Select(answer => (handler, answer))).ToHashSet();
        Assert.Equal(known.Order(), written.Order());
        Assert.Equal(Placement.All.Keys, rows[0].Keys.Skip(2));
    }

    private static Func<HttpRequestMessage, HttpRequestMessage> CreateOnly(Func<HttpRequestMessage, HttpRequestMessage> copy) =>
        request => request.Method == HttpMethod.Post ? copy(request) : request;
}
