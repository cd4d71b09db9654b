using System.Text.Json;
using System.Text.Json.Nodes;
using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Requests;

/// <summary>A request stays as it was created, whatever the app does with the objects that it was created from.</summary>
public class ImageRequestCopyTests
{
    private static readonly ImageInput Cat = ImageInput.FromUrl("https://images.example/cat.png");
    private static readonly ImageInput Dog = ImageInput.FromUrl("https://images.example/dog.png");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Later_changes_of_a_dictionary_and_a_list_do_not_reach_a_request()
    {
        using var seven = JsonDocument.Parse("""{"seed":7}""");
        var parameters = new Dictionary<string, JsonElement> { ["options"] = seven.RootElement, ["unset"] = default };
        var empty = new Dictionary<string, JsonElement>();
        List<ImageInput> images = [Cat];
        var request = new ImageRequest("a cat") { Images = images, Parameters = parameters };
        var plain = request with { Images = [], Parameters = empty };

        parameters.Clear();
        empty["seed"] = seven.RootElement;
        images[0] = Dog;
        images.Add(Dog);
        seven.Dispose();

        Assert.Equal([Cat], request.Images);
        Assert.Equal(["options", "unset"], request.Parameters.Keys);
        Assert.Equal("""{"seed":7}""", request.Parameters["options"].GetRawText());
        Assert.Equal(JsonValueKind.Undefined, request.Parameters["unset"].ValueKind);
        Assert.Empty(plain.Parameters);
        Assert.Empty(plain.Images);
    }

    /// <summary>The product list is read after all calls have begun.</summary>
    [Fact]
    public async Task Calls_that_share_a_dictionary_submit_what_they_were_called_with()
    {
        using var simulator = new ImaSimulator { ProcessingTime = TimeSpan.Zero };
        using var client = TestClients.Create(TestClient.PatientOptions(), simulator);
        var parameters = new Dictionary<string, JsonElement>();
        var calls = new List<Task<ImageTask>>();
        for (var seed = 1; seed <= 3; seed++)
        {
            parameters["seed"] = JsonSerializer.SerializeToElement(seed);
            calls.Add(client.SubmitAsync(new ImageRequest("a cat") { Parameters = parameters, IdempotencyKey = $"order-{seed}" }, Token));
        }

        await Task.WhenAll(calls);

        Assert.Equal([1, 2, 3], Seeds(simulator));
    }

    [Fact]
    public async Task Requests_of_a_batch_that_share_a_dictionary_submit_what_they_were_created_with()
    {
        using var simulator = new ImaSimulator { ProcessingTime = TimeSpan.Zero };
        using var client = TestClients.Create(TestClient.PatientOptions(), simulator);
        var options = new ImageBatchOptions { MaxConcurrency = 4, IdempotencyKeyPrefix = "batch" };

        await foreach (var outcome in client.GenerateBatchAsync(Requests(), options, Token))
        {
            Assert.Null(outcome.Error);
        }

        Assert.Equal([1, 2, 3, 4, 5], Seeds(simulator));

        static IEnumerable<ImageRequest> Requests()
        {
            var parameters = new Dictionary<string, JsonElement>();
            for (var seed = 1; seed <= 5; seed++)
            {
                parameters["seed"] = JsonSerializer.SerializeToElement(seed);
                yield return new ImageRequest("a cat") { Parameters = parameters };
            }
        }
    }

    private static IEnumerable<int> Seeds(ImaSimulator simulator) =>
        from request in simulator.Requests
        where request.Endpoint == "create"
        let seed = (int)JsonNode.Parse(request.Body)!["parameters"]![0]!["parameters"]!["seed"]!
        orderby seed
        select seed;
}
