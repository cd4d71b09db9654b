using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Testing;

/// <summary>The client plans, prices and submits with the realistic product list exactly as with the plain one.</summary>
public sealed class SimulatedCatalogTests
{
    private const string ImageModels =
        "midjourney,doubao-seedream-4.5,gpt-image-2,gpt-image-1,gemini-3.1-flash-image,gemini-3.1-flash-image,gemini-3-pro-image,"
        + "gemini-3.1-flash-lite-image,gemini-nano-banana-2.1";

    private static readonly TestTimeProvider Time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string?, string?, bool> Requests()
    {
        var rows = new TheoryData<string, string?, string?, bool>();
        foreach (var isEdit in new[] { false, true })
        {
            foreach (var size in new[] { null, "512px", "1K", "2K", "4K" })
            {
                rows.Add("gemini-3.1-flash-image", size, "8:1", isEdit);
                rows.Add("gemini-3-pro-image", size, null, isEdit);
                rows.Add("gemini-3-pro-image", size, "8:1", isEdit);
            }

            rows.Add("gemini-3.1-flash-image", "8K", "21:9", isEdit);
            rows.Add("doubao-seedream-4.5", null, null, isEdit);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Request_has_the_same_quote_create_and_error_with_both_lists(string model, string? size, string? ratio, bool isEdit)
    {
        var request = new ImageRequest("a puppy")
        {
            Model = new ImageModel(model),
            Size = size is null ? null : new ImageSize(size),
            AspectRatio = ratio is null ? null : new AspectRatio(ratio),
            Images = isEdit ? [ImageInput.FromUrl("https://images.test/1.png")] : [],
            Count = 2,
        };

        var plain = await SubmitAsync(SimulatedCatalogKind.Plain, request);
        var realistic = await SubmitAsync(SimulatedCatalogKind.Realistic, request);

        Assert.Equal(plain, realistic);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Current_models_are_the_same_with_both_lists(bool isEdit) => Assert.Equal(
        await ModelsAsync(SimulatedCatalogKind.Plain, isEdit), await ModelsAsync(SimulatedCatalogKind.Realistic, isEdit));

    [Theory]
    [InlineData("standard", "1K", 10)]
    [InlineData("high", "2K", 10)]
    [InlineData("ULTRA", "4K", 18)]
    public async Task Virtual_field_of_the_form_sets_the_size(string quality, string size, int credits)
    {
        using var simulator = new ImaSimulator(Time) { CatalogKind = SimulatedCatalogKind.Realistic };
        using var client = TestClient.Create(simulator, Time);

        await client.SubmitAsync(
            new ImageRequest("a puppy") { Model = ImageModel.NanoBananaPro, Parameters = Json(quality) }, Token);

        Assert.Equal(size, (string?)Parameters(simulator)["size"]);
        Assert.False(Parameters(simulator).AsObject().ContainsKey("quality"));
        simulator.Ledger.ShouldHaveCharged(credits);
        Assert.Empty(simulator.Violations);
        Assert.Empty(simulator.Differences);
    }

    [Fact]
    public async Task Earlier_version_is_submitted_if_it_is_pinned()
    {
        using var simulator = new ImaSimulator(Time) { CatalogKind = SimulatedCatalogKind.Realistic };
        using var client = TestClient.Create(simulator, Time);

        await client.SubmitAsync(new ImageRequest("a puppy") { ModelVersion = "gemini-3.1-flash-image-exp" }, Token);

        simulator.Ledger.ShouldHaveCharged(8);
        Assert.Empty(simulator.Violations);
    }

    [Theory]
    [InlineData("text_to_image", ImageModels)]
    [InlineData("image_to_image", ImageModels)]
    [InlineData("text_to_video", "wan2.6")]
    [InlineData("image_to_video", "wan2.6")]
    [InlineData("text_to_music", "")]
    public async Task Realistic_list_has_the_models_of_each_category_at_every_depth(string category, string models)
    {
        using var simulator = new ImaSimulator(Time) { CatalogKind = SimulatedCatalogKind.Realistic };
        simulator.AddModel(SimulatedModel.Newer);

        var list = await SendAsync(simulator, HttpMethod.Get, $"product/list?app=ima&platform=web&category={category}", null);

        Assert.Equal(models, string.Join(',', Leaves(list["data"]!.AsArray()).Select(leaf => (string?)leaf["model_id"])));
        Assert.Equal("1", (string?)list["data"]![0]!["type"]);
    }

    [Fact]
    public async Task Model_of_another_maker_is_listed_and_refused()
    {
        using var simulator = new ImaSimulator(Time) { CatalogKind = SimulatedCatalogKind.Realistic };

        var answer = await SendAsync(
            simulator,
            HttpMethod.Post,
            "tasks/create",
            """
            {"task_type":"text_to_image","enable_multi_model":false,"src_img_url":[],"parameters":[{"attribute_id":2341,"model_id":"doubao-seedream-4.5",
              "model_name":"SeeDream","model_version":"doubao-seedream-4-5-251128","app":"ima","platform":"web","category":"text_to_image","credit":5,
              "parameters":{"aspect_ratio":"1:1","size":"4k","prompt":"a","n":1,"input_images":[],"cast":{"points":5,"attribute_id":2341}}}]}
            """);

        Assert.Equal(6010, (int)answer["code"]!);
        simulator.Ledger.ShouldBeEmpty();
    }

    [Fact]
    public void Undefined_kind_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(
        "value", () => new ImaSimulator { CatalogKind = (SimulatedCatalogKind)7 });

    private static async Task<string> SubmitAsync(SimulatedCatalogKind kind, ImageRequest request)
    {
        using var simulator = new ImaSimulator(Time) { CatalogKind = kind };
        using var client = TestClient.Create(simulator, Time);
        try
        {
            var quote = await client.QuoteAsync(request, Token);
            await client.SubmitAsync(quote, Token);
            Assert.Empty(simulator.Violations);
            Assert.Empty(simulator.Differences);
            var create = simulator.Requests.Single(sent => sent.Endpoint == "create").Body;
            return $"{quote.Credits} {simulator.Charges.Single().Credits} {create}";
        }
        catch (ImaException exception)
        {
            Assert.Empty(simulator.Charges);
            var allowed = string.Join(',', exception.AllowedValues);
            return $"{exception.Kind} {exception.InvalidRequestReason} {exception.ParameterName} {allowed}";
        }
    }

    private static async Task<string> ModelsAsync(SimulatedCatalogKind kind, bool isEdit)
    {
        using var simulator = new ImaSimulator(Time) { CatalogKind = kind };
        using var client = TestClient.Create(simulator, Time);
        var models = await client.ListModelsAsync(isEdit ? ImageTaskType.ImageToImage : ImageTaskType.TextToImage, Token);
        return string.Join('\n', models.Where(model => model.IsCurrent).Select(model =>
            $"{model.Model} {model.Version} {model.Name} {string.Join(',', model.Sizes)} {string.Join(',', model.AspectRatios)} "
            + string.Join(',', model.Prices)));
    }

    private static Dictionary<string, JsonElement> Json(string quality) => new()
    {
        ["quality"] = JsonSerializer.SerializeToElement(quality),
    };

    private static JsonNode Parameters(ImaSimulator simulator) =>
        JsonNode.Parse(simulator.Requests.Single(sent => sent.Endpoint == "create").Body)!["parameters"]![0]!["parameters"]!;

    private static IEnumerable<JsonNode> Leaves(JsonArray nodes) => nodes.SelectMany(node =>
        (string?)node!["type"] == "3" ? [node] : Leaves(node["children"]!.AsArray()));

    private static async Task<JsonNode> SendAsync(ImaSimulator simulator, HttpMethod method, string path, string? body)
    {
        using var http = new HttpClient(simulator, disposeHandler: false);
        using var request = new HttpRequestMessage(method, "https://api.imastudio.com/open/v1/" + path);
        request.Headers.Authorization = new("Bearer", "ima_test_key");
        request.Headers.TryAddWithoutValidation("x-app-source", "ima_cli");
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await http.SendAsync(request, Token);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!;
    }
}
