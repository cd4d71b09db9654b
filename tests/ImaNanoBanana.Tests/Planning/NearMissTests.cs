using System.Text;
using ImaNanoBanana.Catalog;
using ImaNanoBanana.Planning;
using static ImaNanoBanana.Tests.Planning.Plans;

namespace ImaNanoBanana.Tests.Planning;

/// <summary>Exactly what was requested is charged: a parameter that would be ignored is rejected, not passed on.</summary>
public class NearMissTests
{
    private const string WithoutSize = """[{"field":"resolution","value":"1K","options":[{"value":"1K"},{"value":"4K"}]}]""";
    private const string Any = """[{"attribute_id":9,"points":6,"attributes":{"default":"enabled"}}]""";

    public static TheoryData<string, string> Misspelled() => new()
    {
        { "aspectRatio", "aspect_ratio" },
        { "aspect-ratio", "aspect_ratio" },
        { "Aspect Ratio", "aspect_ratio" },
        { "ratio", "aspect_ratio" },
        { "aspect", "aspect_ratio" },
        { "image_ratio", "aspect_ratio" },
        { "imageAspectRatio", "aspect_ratio" },
        { "image_size", "size" },
        { "imageSize", "size" },
        { "img-size", "size" },
        { "output size", "size" },
        { "resolution", "size" },
        { "image.resolution", "size" },
        { "num", "n" },
        { "num_images", "n" },
        { "numberOfImages", "n" },
        { "image_count", "n" },
        { "count", "n" },
        { "input-images", "input_images" },
        { "modelId", "model_id" },
    };

    [Theory]
    [MemberData(nameof(Misspelled))]
    public void Misspelled_parameter_is_rejected_with_the_intended_name(string name, string meant)
    {
        var exception = Refused(() => Plan($"[{Leaf()}]", With($$"""{"{{name}}":"1"}""")));

        Assert.Equal((ImaInvalidRequestReason.Parameter, name), (exception.InvalidRequestReason, exception.ParameterName));
        Assert.Equal([meant], exception.AllowedValues);
        Assert.Contains($"'{meant}'", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>The names of the list are those of its fields, of what its virtual fields are derived from, and of its prices.</summary>
    [Theory]
    [InlineData("StyleName", "style_name")]
    [InlineData("cameraangle", "camera-angle")]
    [InlineData("Quality.Level", "quality_level")]
    [InlineData("imageSize", "image_size")]
    public void Misspelled_name_of_the_list_is_rejected_with_its_spelling(string name, string meant)
    {
        const string Form = """[{"field":"style_name"},{"field":"image_size"},{"field":"mapped","is_ui_virtual":true,"ui_params":[{"field":"camera-angle"}]}]""";
        const string Prices = """[{"attribute_id":9,"points":6},{"attribute_id":10,"points":7,"attributes":{"quality_level":"high"}}]""";

        var exception = Refused(() => Plan($"[{Leaf(Form, Prices)}]", With($$"""{"{{name}}":"1"}""")));

        Assert.Equal((name, meant), (exception.ParameterName, Assert.Single(exception.AllowedValues)));
    }

    [Fact]
    public void Number_of_images_is_not_mistaken_for_a_field_of_a_similar_name() =>
        Assert.Equal(2, Plan($"[{Leaf("""[{"field":"n_","value":1}]""", Any)}]", Request with { Count = 2 }).Count);

    [Theory]
    [InlineData("seed")]
    [InlineData("negative_prompt")]
    [InlineData("style")]
    public void Parameter_that_resembles_no_other_is_passed_on(string name) =>
        Assert.True(Plan($"[{Leaf()}]", With($$"""{"{{name}}":"1"}""")).Parameters.ContainsKey(name));

    [Fact]
    public void Synonym_in_the_product_list_is_the_parameter_itself() =>
        Assert.Equal("4K", Plan($"[{Leaf(WithoutSize, Any)}]", With("""{"resolution":"4k"}""")).Parameters["resolution"].GetString());

    /// <summary>The list names the field differently: 4K would be displayed and 1K generated.</summary>
    [Fact]
    public void Typed_size_that_the_list_does_not_have_is_rejected() => Assert.Equal(
        (ImaInvalidRequestReason.Size, "size"),
        Reason(() => Plan($"[{Leaf(WithoutSize, Any)}]", Request with { Size = ImageSize.Size4K })));

    [Fact]
    public void Typed_ratio_that_the_list_does_not_have_is_rejected() => Assert.Equal(
        (ImaInvalidRequestReason.AspectRatio, "aspect_ratio"),
        Reason(() => Plan($"[{Leaf(WithoutSize, Any)}]", Request with { AspectRatio = AspectRatio.Landscape16x9 })));

    /// <summary>Two values are typed, and only one of them is in the list.</summary>
    [Fact]
    public void Typed_size_beside_a_typed_ratio_is_still_rejected() => Assert.Equal(
        (ImaInvalidRequestReason.Size, "size"),
        Reason(() => Plan(
            $"[{Leaf("""[{"field":"aspect_ratio"}]""", Any)}]",
            Request with { Size = ImageSize.Size4K, AspectRatio = AspectRatio.Landscape16x9 })));

    [Fact]
    public void Typed_size_that_only_a_price_names_is_accepted() =>
        Assert.Equal(ImageSize.Size4K, Plan($"[{Leaf(WithoutSize)}]", Request with { Size = ImageSize.Size4K }).Size);

    /// <summary>7 MB of virtual fields took minutes, and cancellation was ignored.</summary>
    [Fact]
    public void Long_list_of_mapped_values_is_planned_in_one_pass()
    {
        const int Parameters = 20_000;
        var ui = new StringBuilder();
        var sources = new StringBuilder();
        for (var number = 0; number < Parameters; number++)
        {
            ui.Append(number == 0 ? "" : ",").Append("{\"field\":\"p").Append(number).Append("\",\"value\":\"v\"}");
            sources.Append(number == 0 ? "" : ",").Append("\"p").Append(number).Append("\":\"v\"");
        }

        var rules = string.Join(',', Enumerable.Range(0, 8).Select(number =>
            $$$"""{"source_values":{{{{sources}}},"p0":"{{{(number == 7 ? "v" : "other")}}}"},"target_value":"t{{{number}}}"}"""));
        var form = $$$"""[{"field":"mapped","is_ui_virtual":true,"ui_params":[{{{ui}}}],"value_mapping":{"mapping_rules":[{{{rules}}}]}}]""";

        Assert.Equal("t7", Plan($"[{Leaf(form, Any)}]", Request).Parameters["mapped"].GetString());
    }

    [Fact]
    public void Planning_can_be_cancelled()
    {
        var versions = ProductTree.Read(Element($"[{Leaf()}]"))!;
        var cancelled = new CancellationToken(canceled: true);

        Assert.ThrowsAny<OperationCanceledException>(() => ImagePlanner.Plan(versions, Request, [], cancellationToken: cancelled));
        Assert.ThrowsAny<OperationCanceledException>(
            () => EffectiveValues.Create(versions[0], UserValues.FromRequest(Request, versions[0]), cancelled));
    }

    private static (ImaInvalidRequestReason?, string?) Reason(Action plan)
    {
        var exception = Refused(plan);
        return (exception.InvalidRequestReason, exception.ParameterName);
    }
}
