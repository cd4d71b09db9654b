using ImaNanoBanana.IntegrationTests.Sockets;

namespace ImaNanoBanana.IntegrationTests.StandardHandlers;

/// <summary>The client call that ends with a request to an endpoint, by the endpoint's name in the fault table.</summary>
internal static class EndpointCall
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static Task RunAsync(IImaImageClient client, string endpoint) => endpoint switch
    {
        "list" => client.QuoteAsync(new ImageRequest("a puppy"), Cancel),
        "detail" => client.GetStatusAsync(ImageTask.FromHandle("""{"v":1,"id":"task_1"}"""), Cancel),
        "token" or "PUT" => client.UploadAsync(ImageInput.FromBytes(TestImage.Png), Cancel),
        "download" => client.DownloadAsync(new GeneratedImage(new Uri("https://images.example/1.png")), new MemoryStream(), Cancel),
        _ => throw new ArgumentOutOfRangeException(nameof(endpoint), endpoint, "No call is known."),
    };
}
