using static ImaNanoBanana.Tests.Planning.Plans;


namespace ImaNanoBanana.Tests.Catalog;

/// <summary>The careful client's section 1, rule 8: which price is paid.</summary>
public class CreditRulesTests
{
    private const string SizeQuality = """[{"field":"size","value":"1K"},{"field":"quality","value":"standard"}]""";

    [Fact]
    public void Most_specific_fitting_rule_wins_and_the_first_of_equals() => Assert.Equal("""4 4 x1 quality="standard" size="1k" """.Trim(), Describe(SizeQuality, """
        [{"attribute_id":1,"points":1,"attributes":{"size":"512px"}},
         {"attribute_id":2,"points":2,"attributes":{"default":"enabled"}},
         {"attribute_id":3,"points":3,"attributes":{"size":"1K"}},
         {"attribute_id":4,"points":4,"attributes":{"size":"1k","quality":"standard"}},
         {"attribute_id":5,"points":5,"attributes":{"quality":"STANDARD","size":"1K"}},
         {"attribute_id":6,"points":1,"attributes":{"size":"1K","quality":"standard","extra":"x"}}]
        """, "{}"));

    [Theory]
    [InlineData("{}", "1 6")]
    [InlineData("""{"quality":"High"}""", "2 9")]
    [InlineData("""{"size":"4K","quality":"high"}""", "3 20")]
    [InlineData("""{"size":"4K"}""", "Price price")]
    [InlineData("""{"quality":"ultra"}""", "Price price")]
    public void Every_condition_must_hold(string parameters, string expected) => Assert.StartsWith(expected, Describe(SizeQuality, """
        [{"attribute_id":1,"points":6,"attributes":{"size":"1K","quality":"standard"}},
         {"attribute_id":2,"points":9,"attributes":{"size":"1K","quality":"high"}},
         {"attribute_id":3,"points":20,"attributes":{"size":"4K","quality":"high"}}]
        """, parameters), StringComparison.Ordinal);

    [Fact]
    public void Missing_price_is_refused_with_what_is_priced()
    {
        var exception = Refused(() => Plan($"[{Leaf(SizeQuality, """
            [{"attribute_id":1,"points":6,"attributes":{"size":"1K","quality":"standard"}},{"attribute_id":2,"points":6,"attributes":{"size":"2K","other":1}}]
            """)}]", With("""{"size":"4K"}""")));

        Assert.Equal(
            "Nano Banana 2 has no price for size=4K quality=standard other=(not given). Prices are for: size=1K quality=standard, size=2K other=1. Nothing was ordered.",
            exception.Message);
        Assert.Equal(["size=1K quality=standard", "size=2K other=1"], exception.Offered);
    }

    [Theory]
    [InlineData("1", "1K", true)]
    [InlineData("\"1\"", "1K", true)]
    [InlineData("1.0", "1K", true)]
    [InlineData("1.000", "1K", true)]
    [InlineData("10e-1", "1K", true)]
    [InlineData("\"1.0\"", "1K", false)]
    [InlineData("2", "1K", false)]
    public void Numbers_are_compared_in_their_shortest_form(string condition, string size, bool fits)
    {
        var rules = $$"""[{"attribute_id":1,"points":6,"attributes":{"level":{{condition}},"size":"{{size}}"} }]""";

        Assert.Equal(fits, Describe("""[{"field":"size","value":"1K"},{"field":"level","value":1}]""", rules, "{}").StartsWith("1 6", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("true", "\"TRUE\"")]
    [InlineData("\"true\"", "true")]
    [InlineData("false", "\" False \"")]
    public void Booleans_are_compared_as_text(string value, string condition) => Assert.Equal($"1 6 x1 flag={condition}", Describe(
        $$"""[{"field":"flag","value":{{value}} }]""", $$"""[{"attribute_id":1,"points":6,"attributes":{"flag":{{condition}} } }]""", "{}"));

    [Theory]
    [InlineData("{}", "2 6 x1")]
    [InlineData("""{"n":2}""", "3 11 x2")]
    [InlineData("""{"n":"2"}""", "3 11 x2")]
    [InlineData("""{"n":3}""", "Price n")]
    public void Number_of_images_is_1_when_nobody_set_it(string parameters, string expected) => Assert.StartsWith(expected, Describe(
        "[]", """[{"attribute_id":2,"points":6,"attributes":{"n":1}},{"attribute_id":3,"points":11,"attributes":{"N ":2}}]""", parameters), StringComparison.Ordinal);

    [Fact]
    public void Number_of_images_is_never_filled_from_a_rule() =>
        Assert.Equal("Price n", Describe("[]", """[{"attribute_id":2,"points":6,"attributes":{"n":2}}]""", "{}"));

    [Fact]
    public void Condition_that_nobody_could_set_is_filled_from_the_only_rule_that_then_fits()
    {
        const string Rules = """
            [{"attribute_id":1,"points":4,"attributes":{"size":"512px","resolution":"standard"}},
             {"attribute_id":2,"points":6,"attributes":{"size":"1K","Resolution ":"standard"}}]
            """;

        Assert.Equal("""2 6 x1 Resolution="standard" size="1K" """.Trim(), Describe("""[{"field":"size","value":"1K"}]""", Rules, "{}"));
        Assert.Equal("Price price", Describe("""[{"field":"size","value":"1K"},{"field":"resolution"}]""", Rules, "{}"));
        Assert.Equal("Price price", Describe("""[{"field":"size","value":"1K"}]""", Rules, """{"resolution":"high"}"""));
        Assert.Equal("Price price", Describe("[]", Rules, "{}"));
    }

    [Fact]
    public void Nothing_is_filled_when_a_rule_fits_without() => Assert.Equal("""2 6 x1 size="1K" """.Trim(), Describe(
        """[{"field":"size","value":"1K"}]""",
        """[{"attribute_id":1,"points":1,"attributes":{"size":"1K","bonus":"yes"}},{"attribute_id":2,"points":6,"attributes":{"size":"1K"}}]""",
        "{}"));

    [Theory]
    [InlineData("""[{"attribute_id":1,"points":6,"attributes":null}]""", "1 6 x1 quality=\"standard\" size=\"1K\"")]
    [InlineData("""[{"attribute_id":1,"points":6}]""", "1 6 x1 quality=\"standard\" size=\"1K\"")]
    [InlineData("""[{"attribute_id":1,"points":6,"attributes":{}}]""", "1 6 x1 quality=\"standard\" size=\"1K\"")]
    [InlineData("""[{"attribute_id":1,"points":6,"attributes":{" Default ":" ENABLED "}}]""", "1 6 x1 quality=\"standard\" size=\"1K\"")]
    [InlineData("""[{"attribute_id":1,"points":6,"attributes":{"default":"disabled"}}]""", "1 6 x1 default=\"disabled\" quality=\"standard\" size=\"1K\"")]
    [InlineData("""[{"attribute_id":1,"points":6,"attributes":"size=1K"},7,null]""", "NotSellable price")]
    [InlineData("""{"attribute_id":1,"points":6}""", "NotSellable price")]
    public void Null_attributes_are_no_conditions_and_the_marker_is_none(string rules, string expected) =>
        Assert.Equal(expected, Describe(SizeQuality, rules, "{}"));

    [Theory]
    [InlineData("""{"tier":" gold "}""", """1 6 x1 Tier="GOLD" """)]
    [InlineData("""{"TIER":" silver "}""", """2 5 x1 Tier="silver" """)]
    public void Parameter_that_only_rules_know_goes_out_under_their_name_and_spelling(string parameters, string expected) => Assert.Equal(
        expected.Trim(),
        Describe("[]", """[{"attribute_id":1,"points":6,"attributes":{"Tier":"GOLD"}},{"attribute_id":2,"points":5,"attributes":{}}]""", parameters));

    [Fact]
    public void Condition_of_null_holds_for_what_nobody_set_and_sends_nothing() => Assert.Equal("1 6 x1", Describe(
        "[]", """[{"attribute_id":1,"points":6,"attributes":{"size":null}}]""", "{}"));

    [Theory]
    [InlineData("""{"size":"1K","\uD800":1}""")]
    [InlineData("""{"size":"1K","extra":"\uD800"}""")]
    [InlineData("""{"size":"1K","extra":{"\uD800":1}}""")]
    public void Rule_with_a_condition_that_is_no_text_is_passed_over(string attributes) => Assert.StartsWith(
        "1 6",
        Describe(
            SizeQuality,
            $$$"""[{"attribute_id":1,"points":6,"attributes":{"size":"1K"}},{"attribute_id":2,"points":3,"attributes":{{{attributes}}} }]""",
            "{}"),
        StringComparison.Ordinal);

    [Fact]
    public void Values_of_the_form_that_are_no_text_are_none() => Assert.Equal("1 6 x1 size=\"1K\"", Describe(
        """
        [{"field":"size","value":"1K","options":[{"value":{"\uD800":1}},{"value":"1K"}]},{"field":"quality","value":"\uD800"},
         {"field":"seed","is_ui_virtual":{"\uD800":true}},
         {"field":"style","is_ui_virtual":true,"ui_params":[{"id":"fine","value":"\uD800"}],"value_mapping":{"mapping_rules":[{"source_values":{},"target_value":"\uD800"}]}}]
        """,
        """[{"attribute_id":1,"points":6}]""",
        "{}"));
}
