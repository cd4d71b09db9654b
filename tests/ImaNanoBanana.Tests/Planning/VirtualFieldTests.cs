using static ImaNanoBanana.Tests.Planning.Plans;

namespace ImaNanoBanana.Tests.Planning;

/// <summary>The planner's rules for virtual fields, whose value is derived from other parameters.</summary>
public class VirtualFieldTests
{
    private const string Any = """[{"attribute_id":9,"points":5}]""";

    private const string SizeFromRatio = """
        [{"field":"size","value":"4k","is_ui_virtual":true,"ui_params":[{"field":" Aspect_Ratio ","value":"16:9"}],
          "value_mapping":{"mapping_rules":[{"source_values":{"aspect_ratio":"16:9"},"target_value":"2560x1440"},
            {"source_values":{"aspect_ratio":"16:9"},"target_value":"second"},{"source_values":{"aspect_ratio":"1:1"},"target_value":"2048x2048"},
            {"source_values":{"other":"1:1"},"target_value":"wrong"},{"source_values":{"aspect_ratio":"9:16"}},{"source_values":{"aspect_ratio":"9:16"},"target_value":null},{"target_value":"wrong"},7]}}]
        """;

    private const string SizeFromSize = """
        [{"field":"size","value":"4k","is_ui_virtual":true,"ui_params":[{"field":"size","value":"2k"},{"field":"unused"}],
          "value_mapping":{"mapping_rules":[{"source_values":{"size":"1K"},"target_value":"from 1k"}]}}]
        """;

    private const string TwoParameters = """
        [{"field":"size","value":"4k","is_ui_virtual":"true","ui_params":[{"id":"aspect_ratio","value":"16:9"},{"field":"quality","id":"not this"},7,{"value":1}],
          "value_mapping":{"mapping_rules":[{"source_values":{"aspect_ratio":"16:9","quality":1},"target_value":"a"},
            {"source_values":{"aspect_ratio":"1:1","quality":null},"target_value":["b"]}]}}]
        """;

    [Theory]
    [InlineData("{}", """{"size":"2560x1440"}""")]
    [InlineData("""{"aspect_ratio":" 1:1 "}""", """{"size":"2048x2048"}""")]
    [InlineData("""{"ASPECT_RATIO":"16:9"}""", """{"size":"2560x1440"}""")]
    [InlineData("""{"size":"2k"}""", """{"size":"2k"}""")]
    [InlineData("""{"size":"8K"}""", """{"size":"4K"}""")]
    [InlineData("""{"size":"2048X2048","aspect_ratio":"1:1"}""", """{"size":"2048x2048"}""")]
    public void Size_is_derived_from_the_ratio(string parameters, string sent) =>
        Assert.Equal(new PlannedSubmission(9, 5, sent), Planned(SizeFromRatio, Any, parameters));

    [Theory]
    [InlineData("""{"size":"2k","aspect_ratio":"1:1"}""", ImaInvalidRequestReason.Size, "size")]
    [InlineData("""{"aspect_ratio":"9:16"}""", ImaInvalidRequestReason.Mapping, "Aspect_Ratio")]
    [InlineData("""{"aspect_ratio":""}""", ImaInvalidRequestReason.Mapping, "Aspect_Ratio")]
    public void Ratio_without_a_size_and_size_beside_a_ratio_are_rejected(
        string parameters, ImaInvalidRequestReason refusal, string parameter) =>
        Assert.Equal((refusal, parameter), Rejection(SizeFromRatio, Any, parameters));

    [Theory]
    [InlineData("{}", """{"size":"4k"}""")]
    [InlineData("""{"quality":"1"}""", """{"size":"a"}""")]
    [InlineData("""{"quality":"1","aspect_ratio":"16:9"}""", """{"size":"a"}""")]
    [InlineData("""{"aspect_ratio":"1:1"}""", """{"size":["b"]}""")]
    public void Given_values_override_the_defaults(string parameters, string sent) =>
        Assert.Equal(new PlannedSubmission(9, 5, sent), Planned(TwoParameters, Any, parameters));

    [Fact]
    public void Values_without_a_mapping_are_rejected() =>
        Assert.Equal(
            (ImaInvalidRequestReason.Mapping, "aspect_ratio"),
            Rejection(TwoParameters, Any, """{"aspect_ratio":"1:1","quality":"1"}"""));

    [Fact]
    public void Missing_mapping_is_rejected_with_the_available_mappings()
    {
        var exception = Refused(() => Plan($"[{Leaf(TwoParameters, Any)}]", With("""{"aspect_ratio":"2:1","quality":2}""")));

        Assert.Contains("aspect_ratio=2:1 quality=2", exception.Message, StringComparison.Ordinal);
        Assert.Equal(["aspect_ratio=16:9 quality=1", "aspect_ratio=1:1 quality="], exception.AllowedValues);
    }

    [Theory]
    [InlineData("{}", """{"size":"4k"}""")]
    [InlineData("""{"size":"1k"}""", """{"size":"from 1k"}""")]
    public void Field_that_is_its_own_parameter_is_mapped(string parameters, string sent) =>
        Assert.Equal(new PlannedSubmission(9, 5, sent), Planned(SizeFromSize, Any, parameters));

    [Fact]
    public void Field_that_is_its_own_parameter_is_rejected_if_it_is_not_mapped() =>
        Assert.Equal((ImaInvalidRequestReason.Mapping, "size"), Rejection(SizeFromSize, Any, """{"size":"9k"}"""));

    [Theory]
    [InlineData("{}", """{"aspect_ratio":"1:1","size":"square"}""")]
    [InlineData("""{"aspect_ratio":"16:9"}""", """{"size":"wide"}""")]
    public void Mapped_parameter_is_not_sent_even_if_a_field_has_its_name(string parameters, string sent) =>
        Assert.Equal(new PlannedSubmission(9, 5, sent), Planned("""
        [{"field":"aspect_ratio","value":"1:1","options":[{"value":"1:1"}]},
         {"field":"size","is_ui_virtual":true,"ui_params":[{"field":"aspect_ratio","value":"1:1"}],
          "value_mapping":{"mapping_rules":[{"source_values":{"aspect_ratio":"1:1"},"target_value":"square"},{"source_values":{"aspect_ratio":"16:9"},"target_value":"wide"}]}}]
        """, Any, parameters));

    [Theory]
    [InlineData("true", """{"size":"x"}""")]
    [InlineData("\"True\"", """{"size":"x"}""")]
    [InlineData("false", "{}")]
    [InlineData("null", "{}")]
    public void Field_is_virtual_when_the_list_says_so(string flag, string sent) =>
        Assert.Equal(new PlannedSubmission(9, 5, sent), Planned($$"""
        [{"field":"size","is_ui_virtual":{{flag}},"ui_params":null,"value_mapping":{"mapping_rules":[{"source_values":{},"target_value":"x"}]} }]
        """, Any, "{}"));

    /// <summary>Nothing is derived from the parameters of an ordinary field, so that they are sent.</summary>
    [Fact]
    public void Parameters_of_a_field_that_is_not_virtual_are_sent() => Assert.Equal(
        new PlannedSubmission(9, 5, """{"quality":"high","size":"1K"}"""),
        Planned("""[{"field":"size","value":"1K","ui_params":[{"field":"quality","value":"low"}]}]""", Any, """{"quality":"high"}"""));

    [Fact]
    public void EightK_from_which_another_field_is_derived_is_reported_as_4K()
    {
        const string Form = """
            [{"field":"pixels","is_ui_virtual":true,"ui_params":[{"field":"size","value":"1K"}],
              "value_mapping":{"mapping_rules":[{"source_values":{"size":"4K"},"target_value":4096},{"source_values":{"size":"1K"},"target_value":1024}]}}]
            """;

        var plan = Plan($"[{Leaf(Form, Any)}]", Request with { Size = new ImageSize("8K") });

        Assert.Equal((4096, null), (Assert.Single(plan.Parameters).Value.GetInt32(), plan.Size));
        Assert.Equal([new ImageAdjustment(ImageAdjustmentKind.Size8KTo4K, "size", "8K", "4K")], plan.Adjustments);
    }

    [Fact]
    public void Options_of_a_virtual_field_apply_to_a_value_that_is_given_directly()
    {
        const string Field = """
            [{"field":"size","value":"4k","is_ui_virtual":true,"options":[{"value":"2K"}],"ui_params":[{"field":"aspect_ratio"}],
              "value_mapping":{"mapping_rules":[{"source_values":{"aspect_ratio":"1:1"},"target_value":"outside"}]}}]
            """;

        Assert.Equal(new PlannedSubmission(9, 5, """{"size":"2K"}"""), Planned(Field, Any, """{"size":"2k"}"""));
        Assert.Equal((ImaInvalidRequestReason.Size, "size"), Rejection(Field, Any, """{"size":"3k"}"""));
        Assert.Equal(new PlannedSubmission(9, 5, """{"size":"outside"}"""), Planned(Field, Any, """{"aspect_ratio":"1:1"}"""));
    }

    /// <summary>A condition on what the user gave otherwise is not met, although the value itself is not sent.</summary>
    [Fact]
    public void Price_of_another_value_than_the_given_one_is_not_charged()
    {
        const string Form = """
            [{"field":"mode","is_ui_virtual":true,"ui_params":[{"field":"quality"}],
              "value_mapping":{"mapping_rules":[{"source_values":{"quality":"high"},"target_value":"slow"},{"source_values":{"quality":"low"},"target_value":"fast"}]}}]
            """;
        const string Low = """[{"attribute_id":9,"points":5,"attributes":{"quality":"low"}}]""";

        Assert.Equal((ImaInvalidRequestReason.Price, "quality"), Rejection(Form, Low, """{"quality":"high"}"""));
        Assert.Equal(new PlannedSubmission(9, 5, """{"quality":"low"}"""), Planned("[]", Low, "{}"));
    }

    [Fact]
    public void Price_is_that_of_the_derived_value() => Assert.Equal(new PlannedSubmission(3, 10, """{"size":"2K"}"""), Planned("""
        [{"field":"size","value":"4K","is_ui_virtual":true,"ui_params":[{"field":"aspect_ratio","value":"16:9"}],
          "value_mapping":{"mapping_rules":[{"source_values":{"aspect_ratio":"16:9"},"target_value":"2k"}]}}]
        """, Rules, "{}"));
}
