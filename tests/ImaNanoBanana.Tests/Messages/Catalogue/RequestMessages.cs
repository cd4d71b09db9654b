using ImaNanoBanana.Planning;
using ImaNanoBanana.Requests;
using ImaNanoBanana.Tests.Planning;

namespace ImaNanoBanana.Tests.Messages.Catalogue;

/// <summary>The messages for requests that are rejected before anything is sent: model, prompt, sizes, number and prices.</summary>
internal static class RequestMessages
{
    private const string NoPoints = """[{"attribute_id":1,"attributes":{"size":"1K"}}]""";
    private const string OnlyTwo = """[{"attribute_id":1,"points":6,"attributes":{"size":"2K","quality":"high"}}]""";
    private const string NoFields = """[{"field":"style","value":"photo"}]""";
    private const string AnyPrice = """[{"attribute_id":9,"points":5}]""";

    private static readonly ImageRequest Request = Plans.Request;

    public static IEnumerable<CatalogueMessage> All() =>
    [
        Refused("images are null", Request with { Images = null! }),
        Refused("parameters are null", Request with { Parameters = null! }),
        Refused("model not supported", Request with { Model = new ImageModel("midjourney") }),
        Refused("model not offered", Request with { Model = ImageModel.NanoBananaPro }),
        Refused("version not offered", Request with { ModelVersion = "v7" }),
        Refused("prompt empty", Request with { Prompt = " " }),
        Refused("prompt with half of a surrogate pair", Request with { Prompt = "a \uD83D" }),
        Refused("size not offered", Request with { Size = new ImageSize("16K") }),
        Refused("size given twice", Plans.With("""{"size":"2K"}""") with { Size = ImageSize.Size4K }),
        Refused("size that the product list does not have", Request with { Size = ImageSize.Size4K }, NoFields, AnyPrice),
        Refused("aspect ratio not offered", Request with { AspectRatio = new AspectRatio("7:5") }),
        Refused("aspect ratio that the product list does not have", Request with { AspectRatio = new("1:1") }, NoFields, AnyPrice),
        Refused("number of images zero", Request with { Count = 0 }),
        Refused("number of images not a number", Plans.With("""{"n":"many"}""")),
        Refused("idempotency key not valid", Request with { IdempotencyKey = " " }),
        Refused("no prices", Request, rules: "[]"),
        Refused("no price for these values", Request, rules: OnlyTwo),
        Refused("price cannot be submitted", Request, rules: NoPoints),
        Refused("more expensive than MaxCredits", Request with { MaxCredits = 5.5m }),
        Refused("too few source images", Request with { TaskType = ImageTaskType.ImageToImage }),
        Refused(
            "too many source images",
            Request with { TaskType = ImageTaskType.ImageToImage },
            files: """{"minLimit":1,"maxLimit":1}""",
            inputs: [InputDetails.FromAddress("https://example.com/1.jpg"), InputDetails.FromAddress("https://example.com/2.jpg")]),
        Refused(
            "source image for text_to_image",
            Request with { TaskType = ImageTaskType.TextToImage },
            inputs: [InputDetails.FromAddress("https://example.com/1.jpg")]),
    ];

    private static CatalogueMessage Refused(
        string name,
        ImageRequest request,
        string form = Plans.Form,
        string rules = Plans.Rules,
        string files = "null",
        IReadOnlyList<InputDetails>? inputs = null) => CatalogueMessage.FromException(
        "Planning", name, Record.Exception(() => Plans.Plan($"[{Plans.Leaf(form, rules, files: files)}]", request, inputs ?? [])));
}
