using ImaNanoBanana.Planning;

namespace ImaNanoBanana.Tests.Planning;

/// <summary>Which smaller size may replace one that the service could not generate.</summary>
public class SmallerSizeTests
{
    private const string AnySize = """[{"attribute_id":1,"points":6,"attributes":{}}]""";

    private const string OnlyTwoPrices = """[{"attribute_id":2,"points":6,"attributes":{"size":"1K"}},{"attribute_id":4,"points":13,"attributes":{"size":"4K"}}]""";

    private const string DearerWhenSmaller = """[{"attribute_id":2,"points":13,"attributes":{"size":"1K"}},{"attribute_id":3,"points":14,"attributes":{"size":"2K"}},{"attribute_id":4,"points":13,"attributes":{"size":"4K"}}]""";

    /// <summary>The sizes that are tried, from 4K down; the form has no default unless the row names one.</summary>
    [Theory]
    [InlineData("""[{"field":"size"}]""", Plans.Rules, "2K", "1K", "512px")]
    [InlineData("""[{"field":"size","value":"1K"}]""", Plans.Rules, "2K", "1K")]
    [InlineData("""[{"field":"size","value":"4K"}]""", Plans.Rules)]
    [InlineData("""[{"field":"size","value":"huge"}]""", Plans.Rules, "2K", "1K", "512px")]
    [InlineData("""[{"field":"size","options":[{"value":"4K"},{"value":"1K"}]}]""", Plans.Rules, "1K")]
    [InlineData("""[{"field":"size","options":[{"value":"4K"},{"value":"2K"}]}]""", AnySize, "2K")]
    [InlineData("""[{"field":"size"}]""", AnySize)]
    [InlineData("""[{"field":"aspect_ratio","value":"1:1"}]""", Plans.Rules, "2K", "1K", "512px")]
    [InlineData("""[{"field":"size","options":[{"value":"4K"},{"value":"2K"},{"value":"1K"}]}]""", OnlyTwoPrices, "1K")]
    [InlineData("""[{"field":"size","options":[{"value":"4K"},{"value":"2K"}]}]""", OnlyTwoPrices)]
    [InlineData("""[{"field":"size"}]""", DearerWhenSmaller, "1K")]
    [InlineData("""[{"field":"size","options":[{"value":"4k"},{"value":"2k"}]}]""", AnySize, "2k")]
    [InlineData("""[{"field":"style","ui_params":[{"field":"size","value":"2K"}]}]""", Plans.Rules, "2K")]
    [InlineData("""[{"field":"size","value":"1K","ui_params":[{"field":"size","value":"2K"}]}]""", Plans.Rules, "2K", "1K")]
    public void Sizes_come_from_the_form_else_from_the_rules_down_to_the_default(string form, string rules, params string[] sizes)
    {
        var plan = Plans.Plan($"[{Plans.Leaf(form, rules)}]", Plans.Request with { Size = ImageSize.Size4K });
        var tried = new List<string>();
        for (var smaller = SmallerSize.FindPlan(plan); smaller is not null; smaller = SmallerSize.FindPlan(smaller))
        {
            tried.Add(smaller.Size!.Value.Value);
        }

        Assert.Equal(sizes, tried);
    }

    [Fact]
    public void Other_parameter_that_changes_with_the_price_is_reported_too()
    {
        const string Rules = """[{"attribute_id":3,"points":10,"attributes":{"size":"2K","quality":"standard"}},{"attribute_id":4,"points":13,"attributes":{"size":"4K","quality":"high"}}]""";
        var plan = Plans.Plan($"[{Plans.Leaf("""[{"field":"size"}]""", Rules)}]", Plans.Request with { Size = ImageSize.Size4K });

        var smaller = SmallerSize.FindPlan(plan);

        Assert.Equal(
            [
                new ImageAdjustment(ImageAdjustmentKind.SizeReduced, "size", "4K", "2K"),
                new ImageAdjustment(ImageAdjustmentKind.ParameterRefreshed, "quality", "high", "standard"),
            ],
            smaller!.Adjustments);
    }

    [Fact]
    public void Reported_size_is_in_the_spelling_that_is_sent()
    {
        const string Form = """[{"field":"size","options":[{"value":"4k"},{"value":"2k"}]}]""";
        var plan = Plans.Plan($"[{Plans.Leaf(Form, AnySize)}]", Plans.Request with { Size = ImageSize.Size4K });

        Assert.Equal([new ImageAdjustment(ImageAdjustmentKind.SizeReduced, "size", "4k", "2k")], SmallerSize.FindPlan(plan)!.Adjustments);
    }

    [Fact]
    public void Size_among_the_parameters_is_replaced_and_the_others_are_kept()
    {
        var plan = Plans.Plan($"[{Plans.Leaf()}]", Plans.With("""{" Size ":"4K","aspect_ratio":"16:9","seed":7}"""));

        var smaller = SmallerSize.FindPlan(plan)!;

        Assert.Equal((ImageSize.Size2K, AspectRatio.Landscape16x9, 10m), (smaller.Size, smaller.AspectRatio, smaller.Credits));
        Assert.Equal(7, smaller.Parameters["seed"].GetInt32());
        Assert.Equal([new ImageAdjustment(ImageAdjustmentKind.SizeReduced, "size", "4K", "2K")], smaller.Adjustments);
    }

    [Theory]
    [InlineData("3K")]
    [InlineData("1024x1024")]
    public void Size_outside_the_known_classes_has_no_smaller_one(string size) => Assert.Null(
        SmallerSize.FindPlan(Plans.Plan(
            $"[{Plans.Leaf("""[{"field":"size"}]""", AnySize)}]",
            Plans.Request with { Size = new ImageSize(size) })));
}
