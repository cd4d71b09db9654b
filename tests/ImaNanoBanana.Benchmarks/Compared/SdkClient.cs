namespace ImaNanoBanana.Benchmarks.Compared;

/// <summary>This SDK.</summary>
internal sealed class SdkClient(HttpMessageHandler service) : IComparedClient
{
    private static readonly ImageTask Polled = new("task_0");

    private readonly ImaImageClient _client = new(
        new ImaNanoBananaOptions { ApiKey = "ima_key_of_the_benchmarks", RequestsPerSecond = null },
        new ImaImageClientServices { PrimaryHandler = service });

    public string Name => "SDK";

    public Task GenerateAsync() => _client.GenerateAsync(new ImageRequest("a cute puppy on grass"));

    public Task PollAsync() => _client.GetStatusAsync(Polled);

    public void Dispose() => _client.Dispose();
}
