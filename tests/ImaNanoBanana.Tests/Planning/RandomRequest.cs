using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace ImaNanoBanana.Tests.Planning;

/// <summary>A random leaf and a random request for it, from few names and values, so that they often match.</summary>
public sealed record RandomRequest(
    IReadOnlyList<RandomField> Fields, IReadOnlyList<RandomRule> Rules, IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>Values as JSON; several are spellings of the same value.</summary>
    private static readonly Dictionary<string, string[]> ValuesOf = new()
    {
        ["size"] = ["\"512px\"", "\"512\"", "\"1K\"", "\"1k\"", "\" 2K \"", "\"4K\"", "\"8K\"", "\"3K\"", "512", "\"\""],
        ["aspect_ratio"] = ["\"1:1\"", "\"16:9\"", "\" 16:9\"", "\"9:16\""],
        ["n"] = ["1", "2", "\"2\"", "2.0", "0", "\"two\""],
        ["quality"] = ["\"standard\"", "\"high\"", "\"HIGH\"", "true", "\"true\"", "7", "7.0", "\"7\""],
        ["Level"] = ["1", "\"a\"", "null"],
    };

    private static readonly string[] Names = [.. ValuesOf.Keys];

    public static Arbitrary<RandomRequest> Any() => Submissions().ToArbitrary();

    public string Leaf() => Plans.Leaf(
        new JsonArray([.. Fields.Select(field => field.ToJson())]).ToJsonString(),
        new JsonArray([.. Rules.Select(rule => rule.ToJson())]).ToJsonString());

    public ImageRequest Request() =>
        Plans.With(new JsonObject(Parameters.Select(pair => KeyValuePair.Create(pair.Key, JsonNode.Parse(pair.Value)))).ToJsonString());

    private static Gen<RandomRequest> Submissions() =>
        from fields in Field().ArrayOf(4)
        from rules in Rule().ArrayOf(6)
        from extra in Gen.Choose(0, 3)
        from parameters in Pairs(extra)
        select new RandomRequest([.. fields.DistinctBy(field => field.Name)], rules[..Math.Min(rules.Length, 6)], parameters);

    private static Gen<RandomField> Field() =>
        from name in Gen.Elements(Names)
        from fallback in Value(name)
        from hasDefault in Gen.Elements(true, true, true, false)
        from optionCount in Gen.Choose(0, 5)
        from options in Value(name).ArrayOf(optionCount)
        select new RandomField(name, hasDefault ? fallback : "null", options);

    private static Gen<RandomRule> Rule() =>
        from id in Gen.Choose(0, 9)
        from points in Gen.Choose(0, 20)
        from count in Gen.Choose(0, 3)
        from conditions in Pairs(count)
        select new RandomRule(id, points, conditions);

    private static Gen<Dictionary<string, string>> Pairs(int count) =>
        from names in Gen.Elements(Names).ArrayOf(count)
        from seed in Gen.Choose(0, int.MaxValue - 1)
        select names.Distinct().Select((name, index) => (name, value: ValuesOf[name][(seed + index) % ValuesOf[name].Length]))
            .ToDictionary(pair => pair.name, pair => pair.value);

    private static Gen<string> Value(string name) => Gen.Elements(ValuesOf[name]);
}
