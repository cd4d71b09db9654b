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

    /// <summary>
    /// Journals that earlier versions wrote contain these hashes. If one of them changed, a request that is already charged would seem to
    /// be another one. They were calculated without this code.
    /// </summary>
    public static TheoryData<string, ImageRequest, string[]> Written => new()
    {
        { "C685AB55E756083718EF9EDC16807BB606BEA32F7692650893847B18CF9E6987", Request, [] },
        {
            "1EE14F2B212B2ACF2E5A658D769DF94CB67DB0A1BD66FAF11FC612E874B81E4B",
            With("""{"seed":1}""") with { Size = ImageSize.Size2K, Count = 2 },
            ["https://images.example/1.png"]
        },
        {
            "D25CBB6F98F5B7C4729B36B62664B5615B93D370761D6BF0D7F406AE399BC9B3",
            new ImageRequest("一只猫 \"x\"")
            {
                Model = ImageModel.NanoBananaPro,
                ModelVersion = "v7",
                TaskType = ImageTaskType.ImageToImage,
                Size = new ImageSize("4k"),
                AspectRatio = AspectRatio.Landscape16x9,
                Count = 3,
            },
            ["https://images.example/1.png", "sha256:00FF"]
        },
        {
            "86E02C92E615D9FC1BDA3DCF100BB6A8EC4AFA8EA149E092A0E3D03D8CC58CFE",
            With("""{"style":{"weights":[0.5,{"x":null,"y":true}],"name":"caf\u00e9 <1>"}," Seed ":7.0,"after":{"empty":{},"list":[]}}"""),
            []
        },
        {
            "86E02C92E615D9FC1BDA3DCF100BB6A8EC4AFA8EA149E092A0E3D03D8CC58CFE",
            With("""{"AFTER":{"list":[ ],"empty":{}},"none":null,"style":{"name":"café \u003c1>","weights":[0.50,{"y":true,"x":null}]},"seed":7}"""),
            []
        },
        { "D28F3280E6AA38919BFC23F63C390E87FC9DF1018748C2FD267D2387D841BB9B", With("""{"a":{"b":1,"c":2}}"""), [] },
        { "BD481B7D5D111E30A68B799DC7E9E5849A91A9218C318AB7FAB05739894F72A9", With("""{"a":{"b":1},"c":2}"""), [] },
        { "E340CCBB221552B23687BAC2EF3F618182E8AFBB108AB483368B7574A50AD11F", With("""{"Style":"A","style":"a"}"""), [] },
        { "E340CCBB221552B23687BAC2EF3F618182E8AFBB108AB483368B7574A50AD11F", With("""{"style":"a","Style":"A"}"""), [] },
        { "0F1FDB8E78A83474C1E5E638848A7BEC2870D20F44C3AF11AC4487E58109B2B8", With("""{"seed":"\ud800"}"""), [] },
    };

    [Theory]
    [MemberData(nameof(Written))]
    public void Hash_is_the_one_in_existing_journals(string hash, ImageRequest request, string[] inputs) =>
        Assert.Equal(hash, RequestHash.Compute(request, inputs));

    private static ImageRequest With(string parameters) => Request with
    {
        Parameters = JsonDocument.Parse(parameters).RootElement.EnumerateObject().ToDictionary(
            member => member.Name, member => member.Value),
    };
}
