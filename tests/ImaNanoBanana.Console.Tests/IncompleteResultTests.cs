using System.Text.Json.Nodes;
using ImaNanoBanana.Testing;

namespace ImaNanoBanana.Console.Tests;

/// <summary>
/// Images that were charged and not delivered are not a success, and a task whose images may still appear can be fetched again.
/// </summary>
public sealed class IncompleteResultTests : IDisposable
{
    private readonly CliRun _ima = new() { LongestDelay = TimeSpan.FromMinutes(1) };

    [Fact]
    public async Task Resume_reports_failed_images_by_its_exit_code()
    {
        _ima.Service.Scenario.FailedImages(1);
        await _ima.InterruptedAsync("Accepted", "generate", "a puppy", "--count", "2");

        Assert.Equal(1, await _ima.RunAsync("resume", "-o", "out"));
        Assert.Single(Directory.GetFiles(Path.Combine(_ima.Folder, "out")));

        // Nothing more will come, so the task is done.
        Assert.Equal(0, await _ima.RunAsync("resume", "-o", "out"));
        Assert.Equal("There are no images to fetch.\n", _ima.Error);
    }

    [Theory]
    [InlineData(false, "generate", "a puppy", "--count", "2", "--timeout", "60")]
    [InlineData(true, "resume", "-o", "out", "--timeout", "60")]
    public async Task Resume_fetches_images_that_were_not_listed_before(bool isInterrupted, params string[] command)
    {
        if (isInterrupted)
        {
            await _ima.InterruptedAsync("Accepted", "generate", "a puppy", "--count", "2");
        }

        using var late = new LateListing(_ima.Service);
        _ima.Wire = late;
        Assert.Equal(1, await _ima.RunAsync(command));

        _ima.Wire = null;
        Assert.Equal(0, await _ima.RunAsync("resume", "-o", "all"));
        Assert.Equal(2, Directory.GetFiles(Path.Combine(_ima.Folder, "all")).Length);
        Assert.Single(_ima.Service.Charges);
    }

    public void Dispose() => _ima.Dispose();

    /// <summary>Lists one image less than there are.</summary>
    private sealed class LateListing(HttpMessageHandler service) : DelegatingHandler(service)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (request.RequestUri!.AbsolutePath.EndsWith("/detail", StringComparison.Ordinal))
            {
                var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken))!;
                var medias = body["data"]!["medias"]!.AsArray();
                if (medias.Count > 1)
                {
                    medias.RemoveAt(medias.Count - 1);
                }

                answer.Content = new StringContent(body.ToJsonString());
            }

            return answer;
        }
    }
}
