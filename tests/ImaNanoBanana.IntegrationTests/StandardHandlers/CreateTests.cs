using ImaNanoBanana.IntegrationTests.MoneyPath;
using ImaNanoBanana.IntegrationTests.Sockets;
using ImaNanoBanana.Tests;

namespace ImaNanoBanana.IntegrationTests.StandardHandlers;

/// <summary>
/// Over real sockets, with the standard handlers themselves on the test's clock: one create body reaches the server, and the caller gets
/// the true answer. The expected cells are those of docs/reliability.md.
/// </summary>
public class CreateTests
{
    private const string Heading = "### Creates";

    /// <summary>Later than every time limit of the standard handlers and earlier than the client's own.</summary>
    private static readonly TimeSpan TooLate = TimeSpan.FromSeconds(40);

    private static readonly Dictionary<string, (Reply Reply, TimeSpan After)> Answers = new()
    {
        ["a task id"] = (Reply.Accepted, TimeSpan.Zero),
        ["a refusal (4008)"] = (Reply.RequestErrors, TimeSpan.Zero),
        ["503 of a gateway"] = (Reply.GatewayError, TimeSpan.Zero),
        ["connection lost after the body"] = (Reply.Drop, TimeSpan.Zero),
        ["a task id, after 40 s"] = (Reply.Accepted, TooLate),
        ["a refusal (4008), after 40 s"] = (Reply.RequestErrors, TooLate),
        ["503 of a gateway, after 40 s"] = (Reply.GatewayError, TooLate),
        ["connection lost, after 40 s"] = (Reply.Drop, TooLate),
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string, string> Cells()
    {
        var cells = new TheoryData<string, string, string, string>();
        foreach (var row in MarkdownTable.Read(Heading))
        {
            foreach (var setting in StandardSetting.All.Keys)
            {
                cells.Add(row["handler"], row["the service answers"], setting, row[setting]);
            }
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task One_create_body_is_sent_and_the_caller_has_the_true_answer(
        string handler, string answer, string setting, string expected)
    {
        var time = new TestTimeProvider();
        var (reply, after) = Answers[answer];
        await using var server = new RawServer
        {
            OnCreate = async _ =>
            {
                await Task.Delay(after, time, Cancel);
                return reply;
            },
        };
        await using var app = new StandardApp(time, () => server.Handler(), handler, setting);

        var observed = await Observed.StartAsync(
            app.Client, server, time, StandardApp.LongestDelay, after == TooLate ? after : StandardApp.LongestDelay, Cancel);

        Assert.Equal(expected, observed);
        Assert.Equal(app.ExpectedPipelines, app.Pipelines);
        Assert.True(after < TooLate || app.ExpectedPipelines == 0 || app.HasTimedOut, "No handler gave up.");
    }

    [Fact]
    public void The_table_has_every_handler_and_answer_and_setting()
    {
        var rows = MarkdownTable.Read(Heading);

        Assert.Equal(
            StandardHandler.All.Keys.SelectMany(handler => Answers.Keys.Select(answer => (handler, answer))),
            rows.Select(row => (row["handler"], row["the service answers"])));
        Assert.Equal(StandardSetting.All.Keys, rows[0].Keys.Skip(2));
    }
}
