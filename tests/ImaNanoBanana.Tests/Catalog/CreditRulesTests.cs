using ImaNanoBanana.Tests.Planning;
using static ImaNanoBanana.Tests.Planning.Plans;

namespace ImaNanoBanana.Tests.Catalog;

/// <summary>Which of the list's credit rules gives the price.</summary>
public class CreditRulesTests
{
    private const string SizeQuality = """[{"field":"size","value":"1K"},{"field":"quality","value":"standard"}]""";

    private const string Level = """[{"field":"size","value":"1K"},{"field":"level","value":1}]""";

    private const string ThreePrices = """
        [{"attribute_id":1,"points":6,"attributes":{"size":"1K","quality":"standard"}},
         {"attribute_id":2,"points":9,"attributes":{"size":"1K","quality":"high"}},
         {"attribute_id":3,"points":20,"attributes":{"size":"4K","quality":"high"}}]
        """;

    private const string OneImageOrTwo =
        """[{"attribute_id":2,"points":6,"attributes":{"n":1}},{"attribute_id":3,"points":11,"attributes":{"N ":2}}]""";

    [Fact]
    public void Most_specific_matching_rule_wins_and_the_first_of_equals() => Assert.Equal(new PlannedSubmission(
        4,
        4,
        """{"quality":"standard","size":"1k"}"""), Planned(SizeQuality, """
        [{"attribute_id":1,"points":1,"attributes":{"size":"512px"}},
         {"attribute_id":2,"points":2,"attributes":{"default":"enabled"}},
         {"attribute_id":3,"points":3,"attributes":{"size":"1K"}},
         {"attribute_id":4,"points":4,"attributes":{"size":"1k","quality":"standard"}},
         {"attribute_id":5,"points":5,"attributes":{"quality":"STANDARD","size":"1K"}},
         {"attribute_id":6,"points":1,"attributes":{"size":"1K","quality":"standard","extra":"x"}}]
        """, "{}"));

    [Theory]
    [InlineData("{}", 1, 6)]
    [InlineData("""{"quality":"High"}""", 2, 9)]
    [InlineData("""{"size":"4K","quality":"high"}""", 3, 20)]
    public void Rule_whose_every_condition_holds_is_the_price(string parameters, int attributeId, int credits) =>
        Assert.Equal((attributeId, credits), Price(SizeQuality, ThreePrices, parameters));

    [Theory]
    [InlineData("""{"size":"4K"}""")]
    [InlineData("""{"quality":"ultra"}""")]
    public void Combination_without_a_rule_has_no_price(string parameters) =>
        Assert.Equal((ImaInvalidRequestReason.Price, "price"), Rejection(SizeQuality, ThreePrices, parameters));

    [Fact]
    public void Missing_price_is_rejected_with_the_available_prices()
    {
        var exception = Refused(() => Plan($"[{Leaf(SizeQuality, """
            [{"attribute_id":1,"points":6,"attributes":{"size":"1K","quality":"standard"}},{"attribute_id":2,"points":6,"attributes":{"size":"2K","other":1}}]
            """)}]", With("""{"size":"4K"}""")));

        Assert.Contains("size=4K quality=standard other=(not given)", exception.Message, StringComparison.Ordinal);
        Assert.Equal(["size=1K quality=standard", "size=2K other=1"], exception.AllowedValues);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("\"1\"")]
    [InlineData("1.0")]
    [InlineData("1.000")]
    [InlineData("10e-1")]
    public void Numbers_are_compared_in_their_shortest_form(string condition) =>
        Assert.Equal((1, 6), Price(Level, OfLevel(condition), "{}"));

    [Theory]
    [InlineData("\"1.0\"")]
    [InlineData("2")]
    public void Number_that_differs_from_a_text_or_another_number_has_no_price(string condition) =>
        Assert.Equal((ImaInvalidRequestReason.Price, "price"), Rejection(Level, OfLevel(condition), "{}"));

    [Theory]
    [InlineData("true", "\"TRUE\"")]
    [InlineData("\"true\"", "true")]
    [InlineData("false", "\" False \"")]
    public void Booleans_are_compared_as_text(string value, string condition) => Assert.Equal(
        new PlannedSubmission(1, 6, $$"""{"flag":{{condition}}}"""),
        Planned(
            $$"""[{"field":"flag","value":{{value}} }]""",
            $$"""[{"attribute_id":1,"points":6,"attributes":{"flag":{{condition}} } }]""",
            "{}"));

    [Theory]
    [InlineData("{}", 1, 2, 6)]
    [InlineData("""{"n":2}""", 2, 3, 11)]
    [InlineData("""{"n":"2"}""", 2, 3, 11)]
    public void Number_of_images_is_1_by_default(string parameters, int count, int attributeId, int credits)
    {
        Assert.Equal((attributeId, credits), Price("[]", OneImageOrTwo, parameters));
        Assert.Equal(count, Planned("[]", OneImageOrTwo, parameters).Count);
    }

    [Fact]
    public void Number_of_images_without_a_rule_has_no_price() =>
        Assert.Equal((ImaInvalidRequestReason.Price, "n"), Rejection("[]", OneImageOrTwo, """{"n":3}"""));

    [Fact]
    public void Number_of_images_is_never_filled_from_a_rule() =>
        Assert.Equal((ImaInvalidRequestReason.Price, "n"), Rejection("[]", """[{"attribute_id":2,"points":6,"attributes":{"n":2}}]""", "{}"));

    [Fact]
    public void Condition_that_cannot_be_set_is_filled_from_the_only_matching_rule()
    {
        const string Rules = """
            [{"attribute_id":1,"points":4,"attributes":{"size":"512px","resolution":"standard"}},
             {"attribute_id":2,"points":6,"attributes":{"size":"1K","Resolution ":"standard"}}]
            """;

        Assert.Equal(
            new PlannedSubmission(2, 6, """{"Resolution":"standard","size":"1K"}"""),
            Planned("""[{"field":"size","value":"1K"}]""", Rules, "{}"));
        Assert.Equal(
            (ImaInvalidRequestReason.Price, "price"),
            Rejection("""[{"field":"size","value":"1K"},{"field":"resolution"}]""", Rules, "{}"));
        Assert.Equal(
            (ImaInvalidRequestReason.Price, "price"),
            Rejection("""[{"field":"size","value":"1K"}]""", Rules, """{"resolution":"high"}"""));
        Assert.Equal((ImaInvalidRequestReason.Price, "price"), Rejection("[]", Rules, "{}"));
    }

    [Fact]
    public void Nothing_is_filled_if_a_rule_matches_without() => Assert.Equal(new PlannedSubmission(2, 6, """{"size":"1K"}"""), Planned(
        """[{"field":"size","value":"1K"}]""",
        """[{"attribute_id":1,"points":1,"attributes":{"size":"1K","bonus":"yes"}},{"attribute_id":2,"points":6,"attributes":{"size":"1K"}}]""",
        "{}"));

    [Theory]
    [InlineData("""[{"attribute_id":1,"points":6,"attributes":null}]""", """{"quality":"standard","size":"1K"}""")]
    [InlineData("""[{"attribute_id":1,"points":6}]""", """{"quality":"standard","size":"1K"}""")]
    [InlineData("""[{"attribute_id":1,"points":6,"attributes":{}}]""", """{"quality":"standard","size":"1K"}""")]
    [InlineData("""[{"attribute_id":1,"points":6,"attributes":{" Default ":" ENABLED "}}]""", """{"quality":"standard","size":"1K"}""")]
    [InlineData("""[{"attribute_id":1,"points":6,"attributes":{"default":"disabled"}}]""", """{"default":"disabled","quality":"standard","size":"1K"}""")]
    public void Null_attributes_and_the_marker_are_not_conditions(string rules, string sent) =>
        Assert.Equal(new PlannedSubmission(1, 6, sent), Planned(SizeQuality, rules, "{}"));

    [Theory]
    [InlineData("""[{"attribute_id":1,"points":6,"attributes":"size=1K"},7,null]""", ImaInvalidRequestReason.NotAvailable, "price")]
    [InlineData("""{"attribute_id":1,"points":6}""", ImaInvalidRequestReason.NotAvailable, "price")]
    public void Invalid_rules_give_no_price(string rules, ImaInvalidRequestReason refusal, string parameter) =>
        Assert.Equal((refusal, parameter), Rejection(SizeQuality, rules, "{}"));

    [Theory]
    [InlineData("""{"tier":" gold "}""", 1, 6, """{"Tier":"GOLD"}""")]
    [InlineData("""{"TIER":" silver "}""", 2, 5, """{"Tier":"silver"}""")]
    public void Parameter_known_only_from_rules_is_sent_with_their_name_and_spelling(
        string parameters, int attributeId, int credits, string sent) =>
        Assert.Equal(
            new PlannedSubmission(attributeId, credits, sent),
            Planned(
                "[]",
                """[{"attribute_id":1,"points":6,"attributes":{"Tier":"GOLD"}},{"attribute_id":2,"points":5,"attributes":{}}]""",
                parameters));

    [Fact]
    public void Null_condition_matches_an_unset_parameter_and_sends_nothing() => Assert.Equal(new PlannedSubmission(1, 6, "{}"), Planned(
        "[]", """[{"attribute_id":1,"points":6,"attributes":{"size":null}}]""", "{}"));

    [Theory]
    [InlineData("""{"size":"1K","\uD800":1}""")]
    [InlineData("""{"size":"1K","extra":"\uD800"}""")]
    [InlineData("""{"size":"1K","extra":{"\uD800":1}}""")]
    public void Rule_with_a_condition_that_is_not_text_is_skipped(string attributes) => Assert.Equal(
        (1, 6),
        Price(
            SizeQuality,
            $$$"""[{"attribute_id":1,"points":6,"attributes":{"size":"1K"}},{"attribute_id":2,"points":3,"attributes":{{{attributes}}} }]""",
            "{}"));

    [Fact]
    public void Form_values_that_are_not_text_are_ignored() => Assert.Equal(new PlannedSubmission(1, 6, """{"size":"1K"}"""), Planned(
        """
        [{"field":"size","value":"1K","options":[{"value":{"\uD800":1}},{"value":"1K"}]},{"field":"quality","value":"\uD800"},
         {"field":"seed","is_ui_virtual":{"\uD800":true}},
         {"field":"style","is_ui_virtual":true,"ui_params":[{"id":"fine","value":"\uD800"}],"value_mapping":{"mapping_rules":[{"source_values":{},"target_value":"\uD800"}]}}]
        """,
        """[{"attribute_id":1,"points":6}]""",
        "{}"));
    private static string OfLevel(string condition) => $$"""[{"attribute_id":1,"points":6,"attributes":{"level":{{condition}},"size":"1K"} }]""";

    private static (int AttributeId, decimal Credits) Price(string form, string rules, string parameters) =>
        Planned(form, rules, parameters) is var submission ? (submission.AttributeId, submission.Credits) : default;
}
