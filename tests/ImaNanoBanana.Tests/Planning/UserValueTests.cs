using System.Text.Json;
using ImaNanoBanana.Catalog;
using ImaNanoBanana.Planning;
using static ImaNanoBanana.Tests.Planning.Plans;

namespace ImaNanoBanana.Tests.Planning;

/// <summary>The planner's rules for values of the user: names, spelling, options, 8K and 512, unknown parameters.</summary>
public class UserValueTests
{
    private const string Free = """[{"field":"size","value":"1K"},{"field":"note"},{"field":"pick","value":2,"options":[{"value":1},{"value":"2"},{"value":true},"four",{"value":null},{"label":"x"}]}]""";
    private const string Any = """[{"attribute_id":9,"points":5,"attributes":{"default":"enabled"}}]""";

    [Theory]
    [InlineData("""{"size":"512"}""", 1, 4, """{"aspect_ratio":"1:1","size":"512px"}""")]
    [InlineData("""{"size":512}""", 1, 4, """{"aspect_ratio":"1:1","size":"512px"}""")]
    [InlineData("""{"size":" 512Px "}""", 1, 4, """{"aspect_ratio":"1:1","size":"512px"}""")]
    [InlineData("""{"size":"4k"}""", 4, 13, """{"aspect_ratio":"1:1","size":"4K"}""")]
    [InlineData("""{"size":"8K"}""", 4, 13, """{"aspect_ratio":"1:1","size":"4K"}""")]
    [InlineData("""{"size":" 8k "}""", 4, 13, """{"aspect_ratio":"1:1","size":"4K"}""")]
    [InlineData("""{" SIZE ":"2K"}""", 3, 10, """{"aspect_ratio":"1:1","size":"2K"}""")]
    [InlineData("""{"size":null}""", 2, 6, """{"aspect_ratio":"1:1","size":"1K"}""")]
    [InlineData("""{"aspect_ratio":" 16:9"}""", 2, 6, """{"aspect_ratio":"16:9","size":"1K"}""")]
    public void Available_values_are_sent_in_the_spelling_of_the_option(string parameters, int attributeId, int credits, string sent) =>
        Assert.Equal(new PlannedSubmission(attributeId, credits, sent), Planned(Form, Rules, parameters));

    [Theory]
    [InlineData("""{"size":""}""", ImaInvalidRequestReason.Size, "size")]
    [InlineData("""{"size":"16K"}""", ImaInvalidRequestReason.Size, "size")]
    [InlineData("""{"size":"2048x2048"}""", ImaInvalidRequestReason.Size, "size")]
    [InlineData("""{"size":1024}""", ImaInvalidRequestReason.Size, "size")]
    [InlineData("""{"size":true}""", ImaInvalidRequestReason.Size, "size")]
    [InlineData("""{"size":["1K"]}""", ImaInvalidRequestReason.Size, "size")]
    [InlineData("""{"aspect_ratio":"8:1"}""", ImaInvalidRequestReason.AspectRatio, "aspect_ratio")]
    [InlineData("""{"aspect_ratio":""}""", ImaInvalidRequestReason.AspectRatio, "aspect_ratio")]
    public void Unavailable_values_are_rejected(string parameters, ImaInvalidRequestReason refusal, string parameter) =>
        Assert.Equal((refusal, parameter), Rejection(Form, Rules, parameters));

    [Theory]
    [InlineData("""{"note":"  some words "}""", """{"note":"some words","pick":2,"size":"1K"}""")]
    [InlineData("""{"note":""}""", """{"note":"","pick":2,"size":"1K"}""")]
    [InlineData("""{"pick":"1"}""", """{"pick":1,"size":"1K"}""")]
    [InlineData("""{"pick":2}""", """{"pick":"2","size":"1K"}""")]
    [InlineData("""{"pick":"TRUE"}""", """{"pick":true,"size":"1K"}""")]
    [InlineData("""{"pick":"Four"}""", """{"pick":"four","size":"1K"}""")]
    [InlineData("""{"pick":1.0}""", """{"pick":1,"size":"1K"}""")]
    [InlineData("""{"size":"anything"}""", """{"pick":2,"size":"anything"}""")]
    public void Values_are_compared_as_trimmed_text_whatever_their_type(string parameters, string sent) =>
        Assert.Equal(new PlannedSubmission(9, 5, sent), Planned(Free, Any, parameters));

    [Fact]
    public void Value_that_is_undefined_is_not_given()
    {
        var parameters = new Dictionary<string, JsonElement> { ["size"] = default, ["seed"] = Element("7") };

        var plan = Plan($"[{Leaf()}]", Request with { Parameters = parameters });

        Assert.Equal(["aspect_ratio=1:1", "seed=7", "size=1K"], plan.Parameters.Select(pair => $"{pair.Key}={pair.Value}").Order());
    }

    /// <summary>A plan may be made again from its request, long after the caller has changed or disposed what it was made of.</summary>
    [Theory]
    [InlineData("{}")]
    [InlineData("""{"size":"2K"}""")]
    public void Later_changes_to_the_parameters_do_not_reach_the_plan(string json)
    {
        using var document = JsonDocument.Parse(json);
        var parameters = document.RootElement.EnumerateObject().ToDictionary(member => member.Name, member => member.Value);
        var plan = Plan($"[{Leaf()}]", Request with { Parameters = parameters });

        document.Dispose();
        parameters["size"] = Element("\"4K\"");

        var again = Plan($"[{Leaf()}]", plan.Request);
        Assert.Equal((plan.Size, plan.Credits), (again.Size, again.Credits));
    }

    /// <summary>Every rule of a long list is compared with it.</summary>
    [Fact]
    public void Comparable_text_of_a_value_is_made_once()
    {
        var version = Assert.Single(ProductTree.Read(Element($"[{Leaf()}]"))!);
        var values = EffectiveValues.Create(
            version, UserValues.FromRequest(With("""{"seed":7.0}"""), version), TestContext.Current.CancellationToken);

        Assert.Equal("7", values.Text("seed"));
        Assert.Same(values.Text("seed"), values.Text("SEED"));
    }

    [Fact]
    public void Value_that_is_not_an_option_is_rejected() =>
        Assert.Equal((ImaInvalidRequestReason.Parameter, "pick"), Rejection(Free, Any, """{"pick":"3"}"""));

    [Theory]
    [InlineData("""{"seed":42}""", """{"pick":2,"seed":42,"size":"1K"}""")]
    [InlineData("""{"Style ":{"name":"水墨","weights":[0.5,1,null,true]}}""", """{"Style":{"name":"水墨","weights":[0.5,1,null,true]},"pick":2,"size":"1K"}""")]
    [InlineData("""{"text":"  untouched  "}""", """{"pick":2,"size":"1K","text":"  untouched  "}""")]
    [InlineData("""{"seed":null}""", """{"pick":2,"size":"1K"}""")]
    public void Unknown_parameters_are_passed_on_unchanged(string parameters, string sent) =>
        Assert.Equal(new PlannedSubmission(9, 5, sent), Planned(Free, Any, parameters));

    /// <summary>A parameter that only a price names is sent trimmed and under the name of the price.</summary>
    [Theory]
    [InlineData("""{"QUALITY":" low "}""", """{"quality":"low"}""")]
    [InlineData("""{" Quality ":7}""", """{"quality":7}""")]
    public void Parameter_of_a_price_is_sent_as_the_price_names_it(string parameters, string sent) => Assert.Equal(
        new PlannedSubmission(9, 5, sent),
        Planned(
            "[]", """[{"attribute_id":9,"points":5},{"attribute_id":10,"points":8,"attributes":{"quality":"high"}}]""", parameters));

    [Theory]
    [InlineData("prompt")]
    [InlineData("input_images")]
    [InlineData("cast")]
    [InlineData("credit")]
    [InlineData("model_id")]
    [InlineData("MODEL_NAME")]
    [InlineData(" model_version ")]
    [InlineData("attribute_id")]
    [InlineData("app")]
    [InlineData("platform")]
    [InlineData("category")]
    [InlineData("parameters")]
    [InlineData("task_type")]
    [InlineData("enable_multi_model")]
    [InlineData("src_img_url")]
    public void Names_that_the_request_sets_itself_are_rejected(string name)
    {
        var exception = Refused(() => With($$"""{"{{name}}":1}"""));

        Assert.Equal(
            (ImaInvalidRequestReason.Parameter, name.Trim()), (exception.InvalidRequestReason, exception.ParameterName));
        Assert.Contains($"'{name.Trim()}'", exception.Message, StringComparison.Ordinal);
        Assert.Empty(exception.AllowedValues);
        Assert.Empty(With($$"""{"{{name}}":null}""").Parameters);
    }

    [Fact]
    public void Rejection_names_the_value_and_the_allowed_values()
    {
        var exception = Refused(() => Plan($"[{Leaf()}]", Request with { Size = new ImageSize("16K") }));

        Assert.Contains("'16K'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("512px, 1K, 2K, 4K", exception.Message, StringComparison.Ordinal);
        Assert.Equal(["512px", "1K", "2K", "4K"], exception.AllowedValues);
    }

    [Theory]
    [InlineData(80, "")]
    [InlineData(81, "...")]
    public void Value_is_quoted_up_to_80_characters(int length, string end) => Assert.StartsWith(
        $"The value '{new string('x', 80)}{end}' of", Refused(
            () => Plan($"[{Leaf()}]", Request with { Size = new ImageSize(new string('x', length)) })).Message, StringComparison.Ordinal);

    [Fact]
    public void Value_that_is_not_text_is_rejected_without_being_quoted()
    {
        var exception = Refused(() => Plan($"[{Leaf()}]", With("""{"size":"\ud800"}""")));

        Assert.Equal(ImaInvalidRequestReason.Size, exception.InvalidRequestReason);
        Assert.Contains("(none)", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("8K")]
    [InlineData("8k")]
    public void EightK_is_submitted_as_4K_and_reported(string size)
    {
        var plan = Plan($"[{Leaf()}]", Request with { Size = new ImageSize(size) });

        Assert.Equal(ImageSize.Size4K, plan.Size);
        Assert.Equal(new ImageAdjustment(ImageAdjustmentKind.Size8KTo4K, "size", size, "4K"), Assert.Single(plan.Adjustments));
    }

    [Fact]
    public void EightK_is_reported_as_the_spelling_that_is_sent()
    {
        var plan = Plan($"[{Leaf("""[{"field":"size","options":[{"value":"4k"}]}]""", Any)}]", Request with { Size = new ImageSize("8K") });

        Assert.Equal("4k", plan.Parameters["size"].GetString());
        Assert.Equal([new ImageAdjustment(ImageAdjustmentKind.Size8KTo4K, "size", "8K", "4k")], plan.Adjustments);
    }

    [Fact]
    public void EightK_is_rejected_if_4K_is_not_available()
    {
        const string NoFourK = """[{"field":"size","value":"1K","options":[{"value":"1K"},{"value":"8K"}]}]""";

        Assert.Equal((ImaInvalidRequestReason.Size, "size"), Rejection(NoFourK, Rules, """{"size":"8K"}"""));
        Assert.Equal(
            (ImaInvalidRequestReason.Price, "size"),
            Rejection("[]", """[{"attribute_id":2,"points":6,"attributes":{"size":"1K"}}]""", """{"size":"8K"}"""));
    }

    [Fact]
    public void Nothing_is_adjusted_without_8K() =>
        Assert.Empty(Plan($"[{Leaf()}]", Request with { Size = ImageSize.Size512 }).Adjustments);

    [Theory]
    [InlineData("{n:2}")]
    [InlineData("\"n=2\"")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"a\":1} // comment")]
    public void Parameters_are_one_strict_json_object(string json)
    {
        var exception = Refused(() => ImageParameters.Parse(json));

        Assert.Equal((ImaInvalidRequestReason.Parameter, "parameters"), (exception.InvalidRequestReason, exception.ParameterName));
        Assert.Contains($"'{json}'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parameter_given_twice_in_one_object_is_rejected_unless_it_is_the_same()
    {
        Assert.Equal((ImaInvalidRequestReason.Size, "size"), Twice("""{"size":"4K","size":"512px"}"""));
        Assert.Equal((ImaInvalidRequestReason.Parameter, "a"), Twice("""{"a":1,"a":2}"""));
        Assert.Equal(["a"], ImageParameters.Parse("""{"a":1,"a":1.0,"a":null}""").Keys);
        Assert.Throws<ArgumentNullException>("json", () => ImageParameters.Parse(null!));

        static (ImaInvalidRequestReason?, string?) Twice(string json)
        {
            var exception = Refused(() => ImageParameters.Parse(json));
            return (exception.InvalidRequestReason, exception.ParameterName);
        }
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"\uD800":1}""")]
    public void Text_that_is_not_a_json_object_with_names_is_rejected(string parameters) =>
        Assert.Equal("parameters", Refused(() => ImageParameters.Parse(parameters)).ParameterName);

    [Fact]
    public void Text_with_half_of_a_surrogate_pair_is_rejected() =>
        Assert.Equal("parameters", Refused(() => ImageParameters.Parse("{\"seed\":\"\uD800\"}")).ParameterName);

    [Theory]
    [InlineData("""{"seed":"\uD800"}""")]
    [InlineData("""{"seed":[{"\uD800":1}]}""")]
    [InlineData("""{"seed":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}""")]
    public void Value_that_cannot_be_written_is_rejected(string parameters) =>
        Assert.Equal((ImaInvalidRequestReason.Parameter, "seed"), Rejection(Form, Rules, parameters));
}
