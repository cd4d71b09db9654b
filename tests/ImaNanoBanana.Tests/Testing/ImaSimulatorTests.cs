using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Testing;

public class ImaSimulatorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("attribute_id", 4400, 6009)]
    [InlineData("attribute_id", 9999, 6010)]
    [InlineData("credit", 5, 6006)]
    [InlineData("model_version", null, 6010)]
    public async Task Submission_that_does_not_match_the_catalog_is_rejected_and_not_charged(string member, int? value, int code)
    {
        using var simulator = new ImaSimulator(new TestTimeProvider());

        var answer = await CreateAsync(simulator, create =>
        {
            Order(create)[member] = value;
            if (member is "attribute_id" or "credit")
            {
                Inner(create)["cast"]![member == "credit" ? "points" : member] = value;
            }
        });

        Assert.Equal(code, (int)answer["code"]!);
        Assert.Empty(simulator.Charges);
        Assert.Equal("create", Assert.Single(simulator.Violations).Endpoint);
    }

    /// <summary>The service ignores parameters that it does not know.</summary>
    [Fact]
    public async Task Parameter_that_the_form_does_not_have_is_accepted()
    {
        using var simulator = new ImaSimulator(new TestTimeProvider());

        await CreateAsync(simulator, create => Inner(create)["seed"] = 7);

        Assert.Single(simulator.Charges);
        Assert.Empty(simulator.Violations);
        Assert.Empty(simulator.Differences);
    }

    public static TheoryData<string, Action<JsonNode>> BrokenSubmissions() => new()
    {
        { "'prompt' is not allowed beside model_id", create => Order(create)["prompt"] = "x" },
        { "'prompt' is not allowed at the top level of a create request", create => create["prompt"] = "x" },
        { "the prompt is empty", create => Inner(create)["prompt"] = " " },
        { "src_img_url and input_images differ", create => create["src_img_url"] = new JsonArray("https://a.example/1") },
        { "cast does not repeat credit and attribute_id", create => Inner(create)["cast"]!["points"] = 5 },
        { "n is less than 1", create => Inner(create)["n"] = 0 },
        { "category is not the task type", create => Order(create)["category"] = "image_to_image" },
        { "app and platform are not ima and web", create => Order(create)["platform"] = "ios" },
        { "enable_multi_model is true", create => create["enable_multi_model"] = true },
        { "a member of the create request is missing or has the wrong type", create => Inner(create)["n"] = "1" },
    };

    [Theory]
    [MemberData(nameof(BrokenSubmissions))]
    public async Task Submission_that_the_service_does_not_allow_is_rejected_and_recorded(string rule, Action<JsonNode> change)
    {
        using var simulator = new ImaSimulator(new TestTimeProvider());

        var answer = await CreateAsync(simulator, change);

        Assert.Equal((400, "Bad request: " + rule), ((int)answer["code"]!, (string?)answer["message"]));
        Assert.Equal([new SimulatorViolation("create", rule)], simulator.Violations);
        Assert.Empty(simulator.Charges);
    }

    [Theory]
    [InlineData("x-app-source", "x-app-source is missing")]
    [InlineData("Authorization", "the API key is missing")]
    public async Task Missing_header_is_rejected_and_recorded(string header, string rule)
    {
        using var simulator = new ImaSimulator(new TestTimeProvider());

        await CreateAsync(simulator, _ => { }, request => request.Headers.Remove(header));

        Assert.Equal([new SimulatorViolation("create", rule)], simulator.Violations);
        Assert.Empty(simulator.Charges);
    }

    [Fact]
    public async Task Image_that_was_never_uploaded_is_rejected_and_recorded()
    {
        using var simulator = new ImaSimulator(new TestTimeProvider());

        await CreateAsync(simulator, create =>
        {
            (create["task_type"], Order(create)["category"]) = ("image_to_image", "image_to_image");
            (Order(create)["attribute_id"], Inner(create)["cast"]!["attribute_id"]) = (4405, 4405);
            create["src_img_url"] = new JsonArray("https://ima-ga.esxscloud.com/simulator/uploads/0001.png");
            Inner(create)["input_images"] = new JsonArray("https://ima-ga.esxscloud.com/simulator/uploads/0001.png");
        });

        Assert.Equal([new SimulatorViolation("create", "an image was never uploaded")], simulator.Violations);
    }

    [Fact]
    public async Task Everything_the_client_does_is_allowed()
    {
        var time = new TestTimeProvider();
        using var simulator = new ImaSimulator(time) { Balance = 40 };
        using var client = TestClient.Create(simulator, time);
        var picture = ImageInput.FromBytes(Convert.FromHexString("89504E470D0A1A0A00"));

        var models = await client.ListModelsAsync(cancellationToken: Token);
        var drawn = await client.SubmitAsync(
            new ImageRequest("a puppy") { Model = ImageModel.NanoBananaPro, Size = ImageSize.Size4K }, Token);
        var edited = await client.SubmitAsync(
            new ImageRequest("as an oil painting")
            {
                Images = [picture, picture, ImageInput.FromUrl("https://a.example/1.jpg")],
                Count = 2,
            },
            Token);
        time.Advance(simulator.ProcessingTime);
        var results = new[] { await client.WaitForCompletionAsync(drawn, Token), await client.WaitForCompletionAsync(edited, Token) };
        using var destination = new MemoryStream();
        var download = await client.DownloadAsync(results[1].Images[1], destination, Token);
        var exception = await Assert.ThrowsAsync<ImaException>(
            () => client.SubmitAsync(new ImageRequest("one more") { Size = ImageSize.Size4K }, Token));

        Assert.Empty(simulator.Violations);
        Assert.Empty(simulator.Differences);
        Assert.Equal(4, models.Count);
        Assert.Equal([18m, 12m], simulator.Charges.Select(charge => charge.Credits));
        Assert.Equal((10m, ImaErrorKind.InsufficientCredits), (simulator.Balance, exception.Kind));
        Assert.Equal((1024, 1024, true), (download.Width, download.Height, download.MatchesRequestedAspectRatio));
    }

    [Theory]
    [InlineData("512px", 4400, 4, "1:1", 512, 512)]
    [InlineData("1K", 4401, 6, "16:9", 1368, 768)]
    [InlineData("2K", 4402, 10, "9:16", 1536, 2728)]
    public async Task Image_is_a_complete_png_of_the_submitted_size(
        string size, int attribute, int credit, string ratio, int width, int height)
    {
        var time = new TestTimeProvider();
        using var simulator = new ImaSimulator(time);
        var created = await CreateAsync(simulator, submission =>
        {
            var outer = submission["parameters"]![0]!;
            (
                outer["attribute_id"],
                outer["credit"],
                outer["parameters"]!["size"],
                outer["parameters"]!["aspect_ratio"]) = (attribute, credit, size, ratio);
            outer["parameters"]!["cast"] = new JsonObject { ["points"] = credit, ["attribute_id"] = attribute };
        });
        time.Advance(simulator.ProcessingTime);
        using var client = TestClient.Create(simulator, time);
        var result = await client.WaitForCompletionAsync(new ImageTask((string)created["data"]!["id"]!), Token);

        using var http = new HttpClient(simulator, disposeHandler: false);
        var png = await http.GetByteArrayAsync(result.Image.Url, Token);

        Assert.Equal((width, height), (result.Image.Width, result.Image.Height));
        Assert.Equal((width, height, height * ((width * 3) + 1)), Decode(png));
    }

    [Fact]
    public async Task Simulator_throws_for_unknown_urls()
    {
        using var simulator = new ImaSimulator();
        using var http = new HttpClient(simulator, disposeHandler: false);

        var exception = await Assert.ThrowsAsync<HttpRequestException>(
            () => http.GetAsync(new Uri("https://elsewhere.example/x?secret=1"), Token));

        Assert.Equal("The simulator has no endpoint GET https://elsewhere.example/x.", exception.Message);
    }

    [Fact]
    public async Task Request_without_a_key_is_unauthorized()
    {
        using var simulator = new ImaSimulator();
        using var http = new HttpClient(simulator, disposeHandler: false);

        var answer = await http.GetStringAsync(
            new Uri("https://api.imastudio.com/open/v1/product/list?app=ima&platform=web&category=text_to_image"), Token);

        Assert.Equal(401, (int)JsonNode.Parse(answer)!["code"]!);
    }

    private static JsonNode Order(JsonNode create) => create["parameters"]![0]!;

    private static JsonNode Inner(JsonNode create) => Order(create)["parameters"]!;

    private static async Task<JsonNode> CreateAsync(
        ImaSimulator simulator, Action<JsonNode> change, Action<HttpRequestMessage>? changeRequest = null)
    {
        var submission = JsonNode.Parse("""
            {"task_type":"text_to_image","enable_multi_model":false,"src_img_url":[],"parameters":[{
              "attribute_id":4401,"model_id":"gemini-3.1-flash-image","model_name":"Nano Banana 2",
              "model_version":"gemini-3.1-flash-image-preview","app":"ima","platform":"web","category":"text_to_image","credit":6,
              "parameters":{"aspect_ratio":"1:1","size":"1K","prompt":"a puppy","n":1,"input_images":[],"cast":{"points":6,"attribute_id":4401}}}]}
            """)!;
        change(submission);
        using var http = new HttpClient(simulator, disposeHandler: false);
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://api.imastudio.com/open/v1/tasks/create")
        {
            Content = new StringContent(submission.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new("Bearer", "ima_test_key");
        request.Headers.TryAddWithoutValidation("x-app-source", "ima_skills");
        request.Headers.TryAddWithoutValidation("x_app_language", "en");
        request.Headers.TryAddWithoutValidation("User-Agent", "test/1");
        changeRequest?.Invoke(request);
        using var response = await http.SendAsync(request, Token);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!;
    }

    /// <summary>The width, the height and the length of the decompressed rows, with every chunk's checksum verified.</summary>
    private static (int Width, int Height, int Bytes) Decode(byte[] png)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], png[..8]);
        using var compressed = new MemoryStream();
        var (width, height, ended) = (0, 0, false);
        for (var at = 8; at < png.Length;)
        {
            Assert.False(ended);
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            var type = Encoding.ASCII.GetString(png, at + 4, 4);
            var data = png.AsSpan(at + 8, length);
            Assert.Equal(ReferenceCrc(png.AsSpan(at + 4, length + 4)), BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at + 8 + length)));
            switch (type)
            {
                case "IHDR":
                    (width, height) = (BinaryPrimitives.ReadInt32BigEndian(data), BinaryPrimitives.ReadInt32BigEndian(data[4..]));
                    Assert.Equal([8, 2, 0, 0, 0], data[8..].ToArray());
                    break;
                case "IDAT":
                    compressed.Write(data);
                    break;
                default:
                    Assert.Equal("IEND", type);
                    ended = true;
                    break;
            }

            at += 12 + length;
        }

        Assert.True(ended);
        compressed.Position = 0;
        using var rows = new MemoryStream();
        using var zlib = new ZLibStream(compressed, CompressionMode.Decompress);
        zlib.CopyTo(rows);
        return (width, height, (int)rows.Length);
    }

    private static uint ReferenceCrc(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }
}
