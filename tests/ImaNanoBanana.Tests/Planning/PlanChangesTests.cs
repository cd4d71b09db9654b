using ImaNanoBanana.Planning;

namespace ImaNanoBanana.Tests.Planning;

/// <summary>What is reported about a submission that was planned again.</summary>
public class PlanChangesTests
{
    private const string Rules = """[{"attribute_id":2,"points":6,"attributes":{}}]""";

    public static TheoryData<string, string, string, ImageAdjustment[]> Differences() => new()
    {
        { "v1", "[]", """[{"attribute_id":2,"points":6,"attributes":{}}]""", [] },
        { "v1", "[]", """[{"attribute_id":"2","points":"6.0","attributes":{}}]""", [] },
        { "v2", "[]", Rules, [new(ImageAdjustmentKind.ParameterRefreshed, "model_version", "v1", "v2")] },
        { "v1", """[{"field":"n","value":2}]""", Rules, [new(ImageAdjustmentKind.ParameterRefreshed, "n", "1", "2")] },
        { "v1", """[{"field":"quality","value":"high"}]""", Rules, [new(ImageAdjustmentKind.ParameterRefreshed, "quality", "", "high")] },
        {
            "v1", "[]", """[{"attribute_id":3,"points":7,"attributes":{}}]""",
            [new(
                ImageAdjustmentKind.PriceRaised, "credit", "6", "7"), new(ImageAdjustmentKind.ParameterRefreshed, "attribute_id", "2", "3")]
        },
        {
            "v1",
            "[]",
            """[{"attribute_id":2,"points":5.5,"attributes":{}}]""",
            [new(ImageAdjustmentKind.PriceLowered, "credit", "6", "5.5")]
        },
    };

    [Theory]
    [MemberData(nameof(Differences))]
    public void Every_difference_is_reported_and_nothing_else(string id, string form, string rules, ImageAdjustment[] changes)
    {
        var before = Plans.Plan($"[{Plans.Leaf("[]", Rules)}]", Plans.Request);

        var after = Plans.Plan($"[{Plans.Leaf(form, rules, id)}]", Plans.Request);

        Assert.Equal(changes, PlanChanges.Between(before, after));
    }

    [Fact]
    public void Parameter_that_is_no_longer_sent_is_reported()
    {
        var before = Plans.Plan($"[{Plans.Leaf("""[{"field":"quality","value":"high"}]""", Rules)}]", Plans.Request);

        var after = Plans.Plan($"[{Plans.Leaf("[]", Rules)}]", Plans.Request);

        Assert.Equal(
            [new ImageAdjustment(ImageAdjustmentKind.ParameterRefreshed, "quality", "high", "")], PlanChanges.Between(before, after));
    }
}
