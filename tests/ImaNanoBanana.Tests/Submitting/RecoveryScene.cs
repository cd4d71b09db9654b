using System.Text.Json.Nodes;
using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Submitting;

/// <summary>A service whose product list and rejections the test chooses, and the submissions it received.</summary>
internal static class RecoveryScene
{
    public const string Rules = """{"attribute_id":1,"points":4,"attributes":{"size":"512px"}},{"attribute_id":2,"points":6,"attributes":{"size":"1K"}},{"attribute_id":3,"points":10,"attributes":{"size":"2K"}},{"attribute_id":4,"points":13,"attributes":{"size":"4K"}}""";

    public static readonly SentSubmission Shown = new(2, 6, "1K");

    public static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(70);

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static ScriptedHandler Refreshing(string rules, params ScriptedAnswer[] creates) =>
        new ScriptedHandler().With("list", (200, List(Rules)), (200, List(rules))).With("create", creates);

    public static string List(string rules) => $$"""
        {"code":200,"data":[{"id":"flash-v1","type":"3","model_id":"gemini-3.1-flash-image","name":"Nano Banana 2",
          "form_config":[{"field":"size","value":"1K"}],"credit_rules":[{{rules}}]}]}
        """;

    public static async Task RunAsync(ScriptedHandler handler, Func<ImaImageClient, Task> work, TestTimeProvider? time = null)
    {
        time ??= new TestTimeProvider();
        var running = WorkAsync();
        await time.RunAsync(running, LongestDelay, Token);
        await running;

        async Task WorkAsync()
        {
            using var client = TestClient.Patient(handler, time);
            await work(client);
        }
    }

    public static Task<ImaException> FailureAsync(
        ScriptedHandler handler, Func<ImaImageClient, Task> work, TestTimeProvider? time = null) =>
        Assert.ThrowsAsync<ImaException>(() => RunAsync(handler, work, time));

    public static List<SentSubmission> Submissions(ScriptedHandler handler) =>
        [.. handler.Requests.Where(request => request.Endpoint == "create").Select(request =>
    {
        var submission = JsonNode.Parse(request.Body)!["parameters"]![0]!;
        var inner = submission["parameters"]!;
        var (attributeId, credits) = ((int)submission["attribute_id"]!, (decimal)submission["credit"]!);
        Assert.Equal((attributeId, credits), ((int)inner["cast"]!["attribute_id"]!, (decimal)inner["cast"]!["points"]!));
        return new SentSubmission(attributeId, credits, (string)inner["size"]!, (int)inner["n"]!);
    })];
}
