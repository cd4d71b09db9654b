using ImaNanoBanana.Planning;

namespace ImaNanoBanana.Tests.Planning;

/// <summary>What is told about an order that was planned again.</summary>
public class PlanChangesTests
{
    private const string Rules = """[{"attribute_id":2,"points":6,"attributes":{}}]""";

    [Theory]
    [InlineData("v1", "[]", """[{"attribute_id":2,"points":6,"attributes":{}}]""", "")]
    [InlineData("v1", "[]", """[{"attribute_id":"2","points":"6.0","attributes":{}}]""", "")]
    [InlineData("v2", "[]", Rules, "ParameterRefreshed model_version v1>v2")]
    [InlineData("v1", """[{"field":"n","value":2}]""", Rules, "ParameterRefreshed n 1>2")]
    [InlineData("v1", """[{"field":"quality","value":"high"}]""", Rules, "ParameterRefreshed quality >high")]
    [InlineData("v1", "[]", """[{"attribute_id":3,"points":7,"attributes":{}}]""", "PriceRaised credit 6>7, ParameterRefreshed attribute_id 2>3")]
    [InlineData("v1", "[]", """[{"attribute_id":2,"points":5.5,"attributes":{}}]""", "PriceLowered credit 6>5.5")]
    public void Every_difference_is_told_and_nothing_else(string id, string form, string rules, string changes)
    {
        var before = Plans.Plan($"[{Plans.Leaf("[]", Rules)}]", Plans.Request);

        var after = Plans.Plan($"[{Plans.Leaf(form, rules, id)}]", Plans.Request);

        Assert.Equal(changes, string.Join(", ", PlanChanges.Between(before, after).Select(change =>
            $"{change.Kind} {change.Parameter} {change.From}>{change.To}")));
    }
}
