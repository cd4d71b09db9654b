using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ImaNanoBanana.IntegrationTests.Sockets;
using ImaNanoBanana.Testing;
using ImaNanoBanana.Transport;
using Microsoft.Extensions.DependencyInjection;

namespace ImaNanoBanana.IntegrationTests.Testing;

/// <summary>The served simulator behind a port that is not its own.</summary>
public sealed class ForwardedPortTests : IAsyncDisposable
{
    private readonly ImaSimulator _simulator = new() { ProcessingTime = TimeSpan.Zero };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync()
    {
        _simulator.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Client_generates_and_edits_through_a_forwarded_port()
    {
        await using var server = await ImaSimulatorServer.StartAsync(_simulator, cancellationToken: Token);
        await using var forwarder = new PortForwarder(server.Address.Port);
        await using var provider = Provider(forwarder.Address);
        var client = provider.GetRequiredService<IImaImageClient>();
        using var picture = new MemoryStream();

        var generated = await client.GenerateAsync(new ImageRequest("a puppy") { Size = ImageSize.Size512 }, Token);
        await client.DownloadAsync(generated.Images[0], picture, Token);
        var edited = await client.GenerateAsync(
            new ImageRequest("a hat on it") { Images = [ImageInput.FromBytes(picture.ToArray())], Size = ImageSize.Size512 }, Token);
        var download = await client.DownloadAsync(edited.Images[0], Stream.Null, Token);

        Assert.Equal(("image/png", 512, 512), (download.MediaType, download.Width, download.Height));
        Assert.Equal(["a puppy", "a hat on it"], _simulator.Charges.Select(charge => charge.Prompt));
        Assert.Empty(_simulator.Violations);
    }

    [Theory]
    [InlineData("127.0.0.1:6001", "http://127.0.0.1:6001/")]
    [InlineData("localhost:6001", "http://localhost:6001/")]
    [InlineData("[::1]:6001", "http://[::1]:6001/")]
    [InlineData("simulator.example", "http://simulator.example/")]
    public async Task Addresses_in_answers_are_those_of_the_request(string host, string expected)
    {
        await using var server = await ImaSimulatorServer.StartAsync(_simulator, cancellationToken: Token);
        var token = await UploadTokenAsync(server.Address, host);

        Assert.Equal(
            (expected + "storage/simulator/0001.png", expected + "images/simulator/uploads/0001.png"),
            (((string)token["ful"]!).Split('?')[0], (string)token["fdl"]!));
    }

    /// <summary>One process knows the simulator's own port, and another one only the forwarded port.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Image_that_was_uploaded_at_either_port_can_be_used_through_the_forwarded_one(bool uploadsForwarded)
    {
        await using var server = await ImaSimulatorServer.StartAsync(_simulator, cancellationToken: Token);
        await using var forwarder = new PortForwarder(server.Address.Port);
        var uploads = uploadsForwarded ? forwarder.Address : server.Address;
        var token = await UploadTokenAsync(uploads, uploads.Authority);
        using var http = new HttpClient();
        using var content = new ByteArrayContent(TestImage.Png);
        content.Headers.ContentType = new("image/png");

        using var put = await http.PutAsync(new Uri((string)token["ful"]!), content, Token);
        var code = await EditAsync(http, forwarder.Address, (string)token["fdl"]!);

        Assert.Equal((HttpStatusCode.OK, 200), (put.StatusCode, code));
        Assert.Contains("https://ima-ga.esxscloud.com/simulator/uploads/0001.png", _simulator.Requests[^1].Body, StringComparison.Ordinal);
        Assert.Empty(_simulator.Violations);
    }

    private static ServiceProvider Provider(Uri address) =>
        new ServiceCollection().AddImaNanoBanana().UseSimulator(address).Services.BuildServiceProvider();

    private static async Task<JsonNode> UploadTokenAsync(Uri address, string host)
    {
        const string Nonce = "aaaaaaaaaaaaaaaaaaaaa";
        var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        using var http = new HttpClient { BaseAddress = address };
        http.DefaultRequestHeaders.Host = host;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["appUid"] = "any-key",
            ["appId"] = "webAgent",
            ["appKey"] = "32jdskjdk320eew",
            ["cmimToken"] = "any-key",
            ["sign"] = UploadSignature.Sign(timestamp, Nonce),
            ["timestamp"] = $"{timestamp}",
            ["nonce"] = Nonce,
            ["fService"] = "privite",
            ["fType"] = "picture",
            ["fSuffix"] = "png",
            ["fContentType"] = "image/png",
        });
        using var response = await http.PostAsync(new Uri("api/rest/oss/getuploadtoken", UriKind.Relative), form, Token);
        return (await response.Content.ReadFromJsonAsync<JsonNode>(Token))!["data"]!;
    }

    /// <returns>The code of the answer.</returns>
    private static async Task<int> EditAsync(HttpClient http, Uri address, string image)
    {
        var body = $$"""
            {
              "task_type": "image_to_image", "enable_multi_model": false, "src_img_url": ["{{image}}"],
              "parameters": [{
                "attribute_id": 4405, "model_id": "gemini-3.1-flash-image", "model_name": "Nano Banana 2", "app": "ima", "platform": "web",
                "model_version": "gemini-3.1-flash-image-preview", "category": "image_to_image", "credit": 6,
                "parameters": {
                  "aspect_ratio": "1:1", "size": "1K", "prompt": "a hat", "n": 1, "input_images": ["{{image}}"],
                  "cast": { "points": 6, "attribute_id": 4405 }
                }
              }]
            }
            """;
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "open/v1/tasks/create"))
        {
            Content = new StringContent(body, null, "application/json"),
        };
        request.Headers.Authorization = new("Bearer", "any-key");
        request.Headers.Add("x-app-source", "ima_skills");
        request.Headers.Add("x_app_language", "en");
        request.Headers.UserAgent.ParseAdd("test/1");
        using var response = await http.SendAsync(request, Token);
        return (int)(await response.Content.ReadFromJsonAsync<JsonNode>(Token))!["code"]!;
    }
}
