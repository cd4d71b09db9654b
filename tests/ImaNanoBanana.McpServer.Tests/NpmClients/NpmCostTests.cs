using ImaNanoBanana.Testing;

namespace ImaNanoBanana.McpServer.Tests.NpmClients;

/// <summary>
/// What five usual jobs cost a conversation: calls and bytes, for each version of the protocol. The table is the output of the test
/// (<c>-showLiveOutput</c>).
/// </summary>
public sealed class NpmCostTests(ITestOutputHelper output) : IAsyncLifetime
{
    /// <value>2 KB for everything but the image data of one call: text, links and progress.</value>
    private const int MostOfCall = 2 * 1024;

    /// <value>1 KB for the text of one call.</value>
    private const int MostOfText = 1024;

    private static readonly (string Name, string Tool, object Arguments, bool IsSlow)[] Jobs =
    [
        ("text", "generate_image", new { prompt = "a cute puppy on grass" }, false),
        ("edit", "edit_image", new { prompt = "in oil", images = new[] { "https://example.com/photo.png" } }, false),
        ("4K Pro, slow", "generate_image", new { prompt = "a castle", model = "Pro", size = "4K", wait_seconds = 3 }, true),
        ("four images", "generate_image", new { prompt = "a fox", count = 4 }, false),
        ("edit of the last one", "edit_image", new { prompt = "at night", images = new[] { "last#4" } }, false),
    ];

    private Shop _shop = null!;

    private ImaSimulator Service => _shop.Simulator;

    public async ValueTask InitializeAsync() => _shop = await Shop.OpenAsync();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Theory]
    [MemberData(nameof(NpmClientTests.Protocols), MemberType = typeof(NpmClientTests))]
    public async Task Usual_jobs_are_small(string protocol)
    {
        await using var client = await NpmClient.StartAsync(_shop, protocol, "--max-credits", "30");
        output.WriteLine("| protocol | job | calls | bytes of text | bytes without images | bytes of images, in base64 |");
        output.WriteLine("|---|---|---|---|---|---|");
        output.WriteLine($"| {protocol} | list of tools | 1 | | {(await client.ToolsAsync()).BytesWithoutImages} | |");
        foreach (var job in Jobs)
        {
            var answers = new List<NpmAnswer> { await StartAsync(client, job) };
            if (job.IsSlow)
            {
                // On a busy machine, submitting takes longer than the first call.
                while (!answers[0].Text.Contains("task task_sim_", StringComparison.Ordinal))
                {
                    answers[0] = await client.CallAsync(
                        "get_image_task", new { handle = Calls.HandleIn(answers[0].Text), wait_seconds = 1 });
                }

                _shop.Time.Advance(Service.ProcessingTime);
                answers.Add(await client.CallAsync("get_image_task", new { handle = Calls.HandleIn(answers[0].Text) }));
            }

            Assert.Contains("Ready: ", answers[^1].Text, StringComparison.Ordinal);
            Assert.All(answers, answer => Assert.InRange(answer.TextBytes, 1, MostOfText));
            Assert.All(answers, answer => Assert.InRange(answer.BytesWithoutImages, answer.TextBytes, MostOfCall));
            var (text, other) = (answers.Sum(answer => answer.TextBytes), answers.Sum(answer => answer.BytesWithoutImages));
            var images = answers.Sum(answer => answer.Images.Sum(image => image.Length));
            output.WriteLine($"| {protocol} | {job.Name} | {answers.Count} | {text} | {other} | {images} |");
        }

        Service.Ledger.ShouldHaveCharged(6 + 6 + 18 + 24 + 6);
    }

    private async Task<NpmAnswer> StartAsync(NpmClient client, (string Name, string Tool, object Arguments, bool IsSlow) job)
    {
        Service.ProcessingTime = job.IsSlow ? TimeSpan.FromMinutes(1) : TimeSpan.Zero;
        var answer = await client.CallAsync(job.Tool, job.Arguments);
        Assert.Equal(job.IsSlow, answer.Text.Contains("Running: ", StringComparison.Ordinal));
        return answer;
    }
}
