using ImaNanoBanana.Tests.Planning;

namespace ImaNanoBanana.Tests.Messages.Catalogue;

/// <summary>The messages for additional parameters and for choices in words.</summary>
internal static class ParameterMessages
{
    private const string AnyPrice = """[{"attribute_id":9,"points":5}]""";

    /// <summary>A size that is derived from the aspect ratio.</summary>
    private const string DerivedSize = """
        [{"field":"size","value":"4k","is_ui_virtual":true,"ui_params":[{"field":"aspect_ratio","value":"16:9"}],
          "value_mapping":{"mapping_rules":[{"source_values":{"aspect_ratio":"16:9"},"target_value":"2560x1440"},
            {"source_values":{"aspect_ratio":"1:1"},"target_value":"2048x2048"}]}}]
        """;

    public static IEnumerable<CatalogueMessage> All() =>
    [
        Planned("parameter not offered, but a similar one", """{"aspectratio":"16:9"}"""),
        Planned("parameter that the SDK sets itself", """{"prompt":"a kitten"}"""),
        Planned("parameter that cannot be sent", """{"seed":"\uD800"}"""),
        Planned("aspect ratio without a size", """{"aspect_ratio":"2:1"}""", DerivedSize),
        Planned("size that differs from the derived one", """{"size":"2048x2048","aspect_ratio":"16:9"}""", DerivedSize),
        Message("Planning", "additional parameters are not a JSON object", () => ImageParameters.Parse("seed=7")),
        Message("Planning", "additional parameter given twice", () => ImageParameters.Parse("""{"seed":7,"SEED":8}""")),
        Message("Messages", "choice unknown", () => ImageChoice.Parse("oil painting")),
        Message("Messages", "choice of two models", () => ImageChoice.Parse("cheapest Pro")),
        Message("Messages", "choice of two sizes", () => ImageChoice.Parse("1K 2K")),
        Message("Messages", "choice of two aspect ratios", () => ImageChoice.Parse("landscape 竖图")),
    ];

    private static CatalogueMessage Planned(string name, string parameters, string form = Plans.Form) => Message(
        "Planning",
        name,
        () => Plans.Plan($"[{Plans.Leaf(form, form == Plans.Form ? Plans.Rules : AnyPrice)}]", Plans.With(parameters)));

    private static CatalogueMessage Message(string folder, string name, Func<object?> call) =>
        CatalogueMessage.FromException(folder, name, Record.Exception(call));
}
