using System.Text.Json;
using ImaNanoBanana.Catalog;
using ImaNanoBanana.Planning;
using ImaNanoBanana.Requests;

namespace ImaNanoBanana.Tests.Planning;

/// <summary>Creates plans from JSON: from a form, rules and parameters.</summary>
internal static class Plans
{
    public const string Form = """[{"field":"aspect_ratio","value":"1:1","options":[{"value":"1:1"},{"value":"16:9"}]},{"field":"size","value":"1K","options":[{"value":"512px"},{"value":"1K"},{"value":"2K"},{"value":"4K"}]}]""";
    public const string Rules = """[{"attribute_id":1,"points":4,"attributes":{"size":"512px"}},{"attribute_id":2,"points":6,"attributes":{"size":"1K"}},{"attribute_id":3,"points":10,"attributes":{"size":"2K"}},{"attribute_id":4,"points":13,"attributes":{"size":"4K"}}]""";

    public static ImageRequest Request { get; } = new("a puppy");

    public static string Leaf(
        string form = Form,
        string rules = Rules,
        string id = "v1",
        string model = "gemini-3.1-flash-image",
        string files = "null",
        string tag = "20~35s") => $$"""
        {"id":"{{id}}","type":"3","model_id":"{{model}}","name":"Nano Banana 2","files":{{files}},
         "tags":[{"tag_type":"point","tag_value":"9"},{"tag_type":"EET","tag_value":"{{tag}}"}],"form_config":{{form}},"credit_rules":{{rules}} }
        """;

    public static ImagePlan Plan(string data, ImageRequest request, params IReadOnlyList<InputDetails> inputs) =>
        ImagePlanner.Plan(ProductTree.Read(Element(data))!, request, inputs);

    public static ImageRequest With(string parameters) => Request with { Parameters = ImageParameters.Parse(parameters) };

    /// <summary>What is submitted for a form and rules with these parameters.</summary>
    public static PlannedSubmission Planned(string form, string rules, string parameters)
    {
        var plan = Plan($"[{Leaf(form, rules)}]", With(parameters));
        var sent = plan.Parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(
            pair => $"\"{pair.Key}\":{pair.Value.GetRawText()}");
        return new PlannedSubmission(
            plan.Rule.AttributeId!.Value.GetInt32(), plan.CreditsPerImage, $"{{{string.Join(',', sent)}}}")
        { Count = plan.Count };
    }

    /// <summary>Why nothing is submitted for a form and rules with these parameters, and which parameter is the reason.</summary>
    public static (ImaInvalidRequestReason? RequestErrors, string? Parameter) Rejection(string form, string rules, string parameters) =>
        Refused(() => Plan($"[{Leaf(form, rules)}]", With(parameters))) is var exception
            ? (exception.InvalidRequestReason, exception.ParameterName)
            : default;

    public static ImaException Refused(Action plan)
    {
        var exception = Assert.Throws<ImaException>(plan);
        Assert.Equal(
            (ImaErrorKind.InvalidRequest, ImaChargeStatus.NotCharged, ImaRetryGuidance.ChangeRequest),
            (exception.Kind, exception.ChargeStatus, exception.RetryGuidance));
        Assert.EndsWith(" Nothing was submitted.", exception.Message, StringComparison.Ordinal);
        return exception;
    }

    public static JsonElement Element(string json) => JsonDocument.Parse(json).RootElement;
}
