namespace ImaNanoBanana.Tests.Analyzers;

/// <summary>IMA0002: a stream of one submission is enumerated again.</summary>
public sealed class StreamEnumeratedTwiceAnalyzerTests
{
    private const string Each = "await foreach (var item in stream) { }";
    private const string Stream = "var stream = client.GenerateStreamingAsync(request, token);";

    public static TheoryData<string, int> Bodies => new()
    {
        { Stream + Each, 0 },
        { Stream + Each + Each, 1 },
        { Stream + Each + Each + Each, 2 },
        { Stream + Each + "await foreach (var item in stream.ConfigureAwait(false)) { }", 1 },
        { Stream + Each + "await foreach (var item in stream.WithCancellation(token)) { }", 1 },
        { Stream + "while (true) { " + Each + " }", 1 },
        { "while (true) { " + Stream + Each + " }", 0 },
        { Stream + "if (token.IsCancellationRequested) { " + Each + " } else { " + Each + " }", 0 },
        { Stream + "if (token.IsCancellationRequested) { " + Each + " } " + Each, 1 },
        { "var stream = client.GenerateBatchAsync([request]);" + Each + Each, 1 },
        { "var stream = client.StreamMessagesAsync(request, ImaLanguage.English);" + Each + Each, 1 },
        { "var stream = client.StreamMessagesAsync(new ImageTask(\"task_1\"), ImaLanguage.English);" + Each + Each, 0 },
        { "var stream = client.WatchAsync(new ImageTask(\"task_1\"), token);" + Each + Each, 0 },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Second_enumeration_is_found(string body, int count)
    {
        var findings = await AnalyzedCode.FindAsync(
            $"    static async Task RunAsync(IImaImageClient client, ImageRequest request, CancellationToken token)\n    {{ {body} }}");

        Assert.Equal(Enumerable.Repeat("IMA0002 stream", count), findings);
    }
}
