using System.Text.Json;
using ImaNanoBanana.Catalog;

namespace ImaNanoBanana.Tests.Catalog;

public class ImagePlannerTests
{
    private const string Form = """[{"field":"aspect_ratio","value":"1:1"},{"field":"size","value":"1K"}]""";

    [Fact]
    public void Last_leaf_of_the_model_at_any_depth_is_ordered()
    {
        var plan = Plan($$"""
            [{{Leaf("old")}},
             {"id":"group","type":"2","model_id":"gemini-3.1-flash-image","children":[{"type":"2","children":[{{Leaf("new")}}]}]},
             {"id":"other","type":"3","model_id":"doubao-seedream-4.5","credit_rules":[]},
             {"id":"","type":"3","model_id":"gemini-3.1-flash-image"}, 7, null]
            """);

        Assert.Equal("new", plan.Version.Id);
    }

    [Fact]
    public void Most_specific_fitting_price_is_paid_and_the_first_of_equals()
    {
        var plan = Plan("[" + Leaf("v", """
            [{"attribute_id":1,"points":1,"attributes":{"size":"512px"}},
             {"attribute_id":2,"points":2,"attributes":{"default":"enabled"}},
             {"attribute_id":3,"points":3,"attributes":{"size":"1k"}},
             {"attribute_id":4,"points":4,"attributes":{"size":"1K"}},
             {"attribute_id":5,"points":5,"attributes":{"size":"1K","aspect_ratio":"16:9"}}]
            """) + "]");

        Assert.Equal((3m, "1k"), (plan.CreditsPerImage, plan.Parameters["size"].GetString()));
    }

    [Theory]
    [InlineData("[]", "price", "Nano Banana 2 has no price for its default parameters. Nothing was ordered.")]
    [InlineData("""[{"attribute_id":1,"points":6,"attributes":{"size":"4K"}}]""", "price", "Nano Banana 2 has no price for its default parameters. Nothing was ordered.")]
    [InlineData("""[{"attribute_id":0,"points":6,"attributes":{"size":"1K"}}]""", "price", "Nano Banana 2 cannot be bought now: its price has no attribute id or no points. Nothing was ordered.")]
    [InlineData("""[{"attribute_id":1,"attributes":{"size":"1K"}}]""", "price", "Nano Banana 2 cannot be bought now: its price has no attribute id or no points. Nothing was ordered.")]
    public void What_has_no_price_is_not_ordered(string rules, string parameter, string message)
    {
        var exception = Assert.Throws<ImaException>(() => Plan("[" + Leaf("v", rules) + "]"));

        Assert.Equal((ImaErrorKind.InvalidRequest, parameter, message), (exception.Kind, exception.Parameter, exception.Message));
    }

    [Fact]
    public void Price_goes_out_as_the_catalog_writes_it()
    {
        var plan = Plan("[" + Leaf("v", """[{"attribute_id":"4401","points":"6","attributes":{"size":"1K"}}]""") + "]");

        Assert.Equal((JsonValueKind.String, JsonValueKind.String, 6m), (plan.Rule.AttributeId!.Value.ValueKind, plan.Rule.Points!.Value.ValueKind, plan.Credits));
    }

    [Theory]
    [InlineData("20~35s", 20, 35)]
    [InlineData(" 5 - 10 ", 5, 10)]
    [InlineData("soon", 20, 40)]
    [InlineData("35~20s", 20, 40)]
    [InlineData("0~0s", 20, 40)]
    public void Expected_time_is_the_tag_or_the_usual_one(string tag, int least, int most)
    {
        var plan = Plan("[" + Leaf("v", tag: tag) + "]");

        Assert.Equal(new ExpectedTime(TimeSpan.FromSeconds(least), TimeSpan.FromSeconds(most)), plan.Version.Expected);
    }

    private static ImagePlan Plan(string data)
    {
        using var document = JsonDocument.Parse(data);
        var versions = ProductTree.Read(document.RootElement.Clone());
        return ImagePlanner.Plan(versions!, new ImageRequest("a puppy"));
    }

    private static string Leaf(
        string id, string rules = """[{"attribute_id":1,"points":6,"attributes":{"size":"1K"}}]""", string tag = "20~35s") => $$"""
        {"id":"{{id}}","type":3,"model_id":"gemini-3.1-flash-image","name":"Nano Banana 2",
         "tags":[{"tag_type":"EET","tag_value":"{{tag}}"}],"form_config":{{Form}},"credit_rules":{{rules}} }
        """;
}
