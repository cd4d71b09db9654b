using System.Text.Json;
using ImaNanoBanana.Planning;

namespace ImaNanoBanana.Tests.Planning;

/// <summary>What makes two requests the same.</summary>
public class RequestHashTests
{
    private static readonly ImageRequest Request = new("a cat");

    public static TheoryData<string, ImageRequest, ImageRequest> Same => new()
    {
        { "model of the default", Request, Request with { Model = ImageModel.NanoBanana2 } },
        { "task type that follows from the images", Request, Request with { TaskType = ImageTaskType.TextToImage } },
        { "case of a size", Request with { Size = new ImageSize("2k") }, Request with { Size = ImageSize.Size2K } },
        { "limit", Request, Request with { MaxCredits = 5 } },
        { "smaller size allowed", Request, Request with { AllowSmallerSize = true } },
        { "language", Request, Request with { Language = ImaLanguage.Chinese } },
        { "idempotency key", Request, Request with { IdempotencyKey = "order-1" } },
        { "order of parameters", With("""{"a":1,"b":2}"""), With("""{"b":2,"a":1}""") },
        { "names of parameters", With("""{"Seed":1}"""), With("""{" seed ":1}""") },
        { "parameter that is not given", Request, With("""{"seed":null}""") },
        { "form of a number", With("""{"seed":1}"""), With("""{"seed":1.0}""") },
        { "order inside of a parameter", With("""{"x":{"a":[1,2],"b":true}}"""), With("""{"x":{"b":true,"a":[1,2.0]}}""") },
        { "spelling of a text", With("""{"x":"caf\u00e9"}"""), With("""{"x":"café"}""") },
    };

    public static TheoryData<string, ImageRequest> Other => new()
    {
        { "prompt", Request with { Prompt = "a dog" } },
        { "white space of the prompt", Request with { Prompt = "a cat " } },
        { "model", Request with { Model = ImageModel.NanoBananaPro } },
        { "version", Request with { ModelVersion = "v1" } },
        { "size", Request with { Size = ImageSize.Size1K } },
        { "ratio", Request with { AspectRatio = AspectRatio.Square1x1 } },
        { "the size's text as the ratio", Request with { AspectRatio = new AspectRatio("1K") } },
        { "count", Request with { Count = 1 } },
        { "another count", Request with { Count = 2 } },
        { "task type", Request with { TaskType = ImageTaskType.ImageToImage } },
        { "parameter", With("""{"seed":1}""") },
        { "value of a parameter", With("""{"seed":2}""") },
        { "kind of a value", With("""{"seed":"1"}""") },
        { "order of a list", With("""{"seed":[1,2]}""") },
        { "other order of a list", With("""{"seed":[2,1]}""") },
        { "half of a surrogate pair", With("""{"seed":"\ud800"}""") },
        { "other half of a surrogate pair", With("""{"seed":"\udc00"}""") },
    };

    [Theory]
    [MemberData(nameof(Same))]
    public void Same_request_has_the_same_hash(string what, ImageRequest one, ImageRequest other)
    {
        Assert.NotEmpty(what);
        Assert.Equal(RequestHash.Compute(one, []), RequestHash.Compute(other, []));
    }

    [Fact]
    public void Every_other_request_has_another_hash()
    {
        var hashes = Other.Select(row => RequestHash.Compute(row.Data.Item2, [])).Append(RequestHash.Compute(Request, [])).ToList();

        Assert.Distinct(hashes);
        Assert.All(hashes, hash => Assert.Matches("^[0-9A-F]{64}$", hash));
    }

    [Fact]
    public void Order_of_the_images_is_part_of_the_hash()
    {
        string[][] lists = [
            [], ["https://a"], ["https://a", "https://b"], ["https://b", "https://a"], ["https://ahttps://b"], ["sha256:00"]];

        Assert.Distinct(lists.Select(inputs => RequestHash.Compute(Request, inputs)));
    }

    [Fact]
    public void Hash_matches_existing_journal_entries() => Assert.Equal(
        "1EE14F2B212B2ACF2E5A658D769DF94CB67DB0A1BD66FAF11FC612E874B81E4B",
        RequestHash.Compute(With("""{"seed":1}""") with { Size = ImageSize.Size2K, Count = 2 }, ["https://images.example/1.png"]));

    private static ImageRequest With(string parameters) => Request with
    {
        Parameters = JsonDocument.Parse(parameters).RootElement.EnumerateObject().ToDictionary(
            member => member.Name, member => member.Value),
    };
}
