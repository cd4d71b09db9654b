using ImaNanoBanana.Catalog;
using ImaNanoBanana.Planning;
using static ImaNanoBanana.Tests.Planning.Plans;

namespace ImaNanoBanana.Tests.Planning;

/// <summary>A model that the SDK does not know is planned by its own form and prices, and only if the app allows it.</summary>
public class AdditionalModelTests
{
    private const string Id = "gemini-nano-banana-2.1";

    private const string OwnForm = """[{"field":"aspect_ratio","value":"3:2","options":[{"value":"3:2"},{"value":"16:9"}]},{"field":"size","value":"2K","options":[{"value":"512"},{"value":"2K"},{"value":"8K"}]}]""";
    private const string OwnRules = """[{"attribute_id":71,"points":3,"attributes":{"size":"512"}},{"attribute_id":72,"points":8,"attributes":{"size":"2K"}},{"attribute_id":73,"points":20,"attributes":{"size":"8K"}}]""";

    private const string AnyPrice = """[{"attribute_id":74,"points":8,"attributes":{"default":"enabled"}}]""";

    private static readonly ImageRequest Newer = Request with { Model = new ImageModel(Id) };

    [Fact]
    public void Model_that_is_not_allowed_is_refused_with_the_option_that_allows_it()
    {
        var exception = Refused(() => PlanOwn(Newer, ModelScope.BuiltIn));

        Assert.Equal((ImaInvalidRequestReason.Model, "model"), (exception.InvalidRequestReason, exception.ParameterName));
        Assert.Equal(["gemini-3.1-flash-image", "gemini-3-pro-image"], exception.AllowedValues);
        Assert.Contains(nameof(ImaNanoBananaOptions.AdditionalModels), exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gemini-nano-banana-2.2")]
    [InlineData("Gemini-Nano-Banana-2.1")]
    [InlineData("")]
    public void Other_models_stay_refused_and_the_allowed_one_is_listed(string model)
    {
        var exception = Refused(() => PlanOwn(Request with { Model = new ImageModel(model) }, Allowed()));

        Assert.Equal(["gemini-3.1-flash-image", "gemini-3-pro-image", Id], exception.AllowedValues);
    }

    [Fact]
    public void Allowed_model_must_be_in_the_list()
    {
        var versions = ProductTree.Read(Element($"[{Leaf()}]"), Allowed())!;

        var exception = Refused(() => ImagePlanner.Plan(versions, Newer, [], Allowed(), TestContext.Current.CancellationToken));

        Assert.Equal(ImaInvalidRequestReason.ModelVersion, exception.InvalidRequestReason);
        Assert.Contains($"'{Id}'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Leaves_of_models_that_are_not_allowed_are_skipped()
    {
        var data = Element($"[{Leaf()},{Leaf(OwnForm, OwnRules, "newer-v1", Id)},{Leaf(model: "gpt-image-2")}]");

        Assert.Equal(["gemini-3.1-flash-image"], ProductTree.Read(data)!.Select(version => version.Model.Id));
        Assert.Equal(["gemini-3.1-flash-image", Id], ProductTree.Read(data, Allowed())!.Select(version => version.Model.Id));
    }

    [Theory]
    [InlineData(null, null, "2K", "3:2", 72, 8)]
    [InlineData("2k", "16:9", "2K", "16:9", 72, 8)]
    [InlineData("512", null, "512", "3:2", 71, 3)]
    [InlineData("8K", null, "8K", "3:2", 73, 20)]
    public void Defaults_values_and_price_are_those_of_its_form(
        string? size, string? ratio, string sentSize, string sentRatio, int attributeId, int price)
    {
        var plan = PlanOwn(
            Newer with
            {
                Size = size is null ? null : new ImageSize(size),
                AspectRatio = ratio is null ? null : new AspectRatio(ratio),
            },
            Allowed());

        Assert.Equal(
            (sentSize, sentRatio, attributeId, price),
            (plan.Size!.Value.Value, plan.AspectRatio!.Value.Value, plan.Rule.AttributeId!.Value.GetInt32(), plan.CreditsPerImage));
        Assert.Equal(("newer-v1", Id), (plan.Version.Id, plan.Version.Model.Id));
        Assert.Empty(plan.Adjustments);
    }

    /// <summary>A size is offered by an option of the form or by a price; neither 512 nor 8K is replaced then.</summary>
    [Theory]
    [InlineData(OwnForm, AnyPrice, "512")]
    [InlineData(OwnForm, AnyPrice, "8K")]
    [InlineData("""[{"field":"size","value":"2K"}]""", OwnRules, "512")]
    [InlineData("""[{"field":"aspect_ratio"},{"field":"size","value":"2K"}]""", OwnRules, "8K")]
    public void Size_that_is_offered_only_by_the_form_or_only_by_a_price_is_kept(string form, string rules, string size)
    {
        var versions = ProductTree.Read(Element($"[{Leaf(form, rules, "newer-v1", Id)}]"), Allowed())!;

        var plan = ImagePlanner.Plan(
            versions, Newer with { Size = new ImageSize(size) }, [], Allowed(), TestContext.Current.CancellationToken);

        Assert.Equal(size, plan.Size?.Value);
        Assert.Empty(plan.Adjustments);
    }

    [Theory]
    [InlineData("1K", null, ImaInvalidRequestReason.Size, "512 2K 8K")]
    [InlineData("4K", null, ImaInvalidRequestReason.Size, "512 2K 8K")]
    [InlineData("512px", null, ImaInvalidRequestReason.Size, "512 2K 8K")]
    [InlineData(null, "1:1", ImaInvalidRequestReason.AspectRatio, "3:2 16:9")]
    public void Values_that_its_form_does_not_offer_are_refused_with_those_it_offers(
        string? size, string? ratio, ImaInvalidRequestReason reason, string offered)
    {
        var request = Newer with
        {
            Size = size is null ? null : new ImageSize(size),
            AspectRatio = ratio is null ? null : new AspectRatio(ratio),
        };

        var exception = Refused(() => PlanOwn(request, Allowed()));

        Assert.Equal(reason, exception.InvalidRequestReason);
        Assert.Equal(offered, string.Join(' ', exception.AllowedValues));
    }

    [Fact]
    public void Size_8K_that_it_does_not_offer_becomes_4K_and_is_reported()
    {
        var versions = ProductTree.Read(Element($"[{Leaf(id: "newer-v1", model: Id)}]"), Allowed())!;

        var plan = ImagePlanner.Plan(
            versions, Newer with { Size = new ImageSize("8K") }, [], Allowed(), TestContext.Current.CancellationToken);

        Assert.Equal("4K", plan.Size?.Value);
        Assert.Equal([new ImageAdjustment(ImageAdjustmentKind.Size8KTo4K, "size", "8K", "4K")], plan.Adjustments);
    }

    [Fact]
    public void Known_models_stay_the_default()
    {
        var versions = ProductTree.Read(Element($"[{Leaf()},{Leaf(OwnForm, OwnRules, "newer-v1", Id)}]"), Allowed())!;

        var plan = ImagePlanner.Plan(versions, Request, [], Allowed(), TestContext.Current.CancellationToken);

        Assert.Equal(ImageModel.NanoBanana2, plan.Version.Model);
    }

    [Fact]
    public void Known_models_can_be_repeated_in_the_option() =>
        Assert.Same(ModelScope.BuiltIn, ModelScope.Create(["gemini-3-pro-image", "gemini-3.1-flash-image"]));

    private static ModelScope Allowed() => ModelScope.Create([Id]);

    private static ImagePlan PlanOwn(ImageRequest request, ModelScope scope) =>
        ImagePlanner.Plan(ProductTree.Read(Element($"[{Leaf(OwnForm, OwnRules, "newer-v1", Id)}]"), scope)!, request, [], scope);
}
