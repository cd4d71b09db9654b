using System.Text.Json;
using ImaNanoBanana.OpenApi;
using ImaNanoBanana.OpenApi.Models;
using ImaNanoBanana.Planning;
using ImaNanoBanana.Requests;

namespace ImaNanoBanana.Submitting;

/// <summary>Builds the JSON body of a create request. Pure.</summary>
internal static class CreateBody
{
    private const int OwnParameters = 4;

    /// <summary>The values of most bodies.</summary>
    private static readonly JsonElement One = JsonSerializer.SerializeToElement(1, ImaJsonContext.Default.Int32);
    private static readonly JsonElement NoImages = JsonSerializer.SerializeToElement([], ImaJsonContext.Default.IReadOnlyListString);

    public static byte[] FromPlan(ImagePlan plan)
    {
        var attributeId = plan.Rule.AttributeId!.Value;
        var points = plan.Rule.Points!.Value;
        var images = Addresses(plan.Inputs);
        var cast = new CreditCast { Points = points, AttributeId = attributeId };
        var inner = new Dictionary<string, JsonElement>(plan.Parameters.Count + OwnParameters);
        foreach (var (name, value) in plan.Parameters)
        {
            inner.Add(name, value);
        }

        inner["prompt"] = JsonSerializer.SerializeToElement(plan.Prompt, ImaJsonContext.Default.String);
        inner["n"] = plan.Count == 1 ? One : JsonSerializer.SerializeToElement(plan.Count, ImaJsonContext.Default.Int32);
        inner["input_images"] =
            images.Count == 0 ? NoImages : JsonSerializer.SerializeToElement(images, ImaJsonContext.Default.IReadOnlyListString);
        inner["cast"] = JsonSerializer.SerializeToElement(cast, ImaJsonContext.Default.CreditCast);
        var body = new CreateTaskRequest
        {
            TaskType = plan.TaskType.Value,
            SrcImgUrl = images,
            Parameters =
            [
                new CreateTaskParameters
                {
                    AttributeId = attributeId,
                    ModelId = plan.Version.Model.Id,
                    ModelName = plan.Version.Name,
                    ModelVersion = plan.Version.Id,
                    Category = plan.TaskType.Value,
                    Credit = points,
                    Parameters = inner,
                },
            ],
        };
        return JsonSerializer.SerializeToUtf8Bytes(body, ImaJsonContext.Default.CreateTaskRequest);
    }

    private static IReadOnlyList<string> Addresses(IReadOnlyList<InputDetails> inputs) => inputs.Count == 0
        ? []
        : [.. inputs.Select(input => input.Address
            ?? throw new InvalidOperationException(
                "A source image is not uploaded yet. Without its URL, the create request would differ from the plan."))];
}
