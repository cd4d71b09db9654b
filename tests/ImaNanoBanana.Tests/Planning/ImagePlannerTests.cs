using ImaNanoBanana.Catalog;
using ImaNanoBanana.Planning;
using static ImaNanoBanana.Tests.Planning.Plans;

namespace ImaNanoBanana.Tests.Planning;

/// <summary>The planner's rules for models, prompts, parameters and prices. The other rules have their own files.</summary>
public class ImagePlannerTests
{
    // The models that the SDK supports.
    [Theory]
    [InlineData("gemini-2.5-flash-image")]
    [InlineData(" gemini-3-pro-image ")]
    [InlineData("GEMINI-3-pro-image")]
    [InlineData("")]
    public void Unsupported_models_are_rejected_without_a_list(string model)
    {
        var exception = Refused(() => ImagePlanner.Check(Request with { Model = new ImageModel(model) }, ModelScope.BuiltIn));

        Assert.Equal((ImaInvalidRequestReason.Model, "model"), (exception.InvalidRequestReason, exception.ParameterName));
        Assert.Contains($"'{model}'", exception.Message, StringComparison.Ordinal);
        Assert.Equal(["gemini-3.1-flash-image", "gemini-3-pro-image"], exception.AllowedValues);
    }

    // The version that is submitted.
    [Fact]
    public void Last_leaf_of_the_model_at_any_depth_is_submitted()
    {
        var data = $$"""
            [{{Leaf(id: "old")}},
             {"id":"group","type":"2","model_id":"gemini-3.1-flash-image","children":[{"type":"2","children":[{{Leaf(id: "new")[..^2]}},"children":[{{Leaf(id: "newest")}}]}]}]},
             {{Leaf(id: "pro", model: "gemini-3-pro-image")}},
             {"id":"other","type":"3","model_id":"doubao-seedream-4.5"}, {"id":"","type":"3","model_id":"gemini-3.1-flash-image"}, {"id":null,"type":"3","model_id":"gemini-3.1-flash-image"}, 7, null, "x", [] ]
            """;

        Assert.Equal("newest", Plan(data, Request).Version.Id);
        Assert.Equal("pro", Plan(data, Request with { Model = ImageModel.NanoBananaPro }).Version.Id);
        Assert.Equal("old", Plan(data, Request with { ModelVersion = "old" }).Version.Id);
        foreach (var version in new[] { "OLD", "", "pro", "other" })
        {
            var exception = Refused(() => Plan(data, Request with { ModelVersion = version }));
            Assert.Equal(
                (
                    ImaInvalidRequestReason.ModelVersion,
                    "model_version",
                    $"The product list does not offer the version '{version}' of 'gemini-3.1-flash-image'. Use one of: old, new, "
                        + "newest. Nothing was submitted."),
                (exception.InvalidRequestReason, exception.ParameterName, exception.Message));
            Assert.Equal(["old", "new", "newest"], exception.AllowedValues);
        }
    }

    [Theory]
    [InlineData("\"3\"", true)]
    [InlineData("3", true)]
    [InlineData("\"2\"", false)]
    [InlineData("null", false)]
    public void Leaves_have_type_3_as_text_or_number(string type, bool isLeaf)
    {
        var data = $"[{Leaf().Replace("\"type\":\"3\"", "\"type\":" + type, StringComparison.Ordinal)}]";

        Assert.Equal(isLeaf ? 1 : 0, ProductTree.Read(Element(data))!.Count);
    }

    [Fact]
    public void Model_that_is_not_in_the_list_is_rejected()
    {
        var exception = Refused(() => Plan("[]", Request));

        Assert.Contains("'gemini-3.1-flash-image'", exception.Message, StringComparison.Ordinal);
        Assert.Equal(ImaInvalidRequestReason.ModelVersion, exception.InvalidRequestReason);
        Assert.Empty(exception.AllowedValues);
    }

    [Fact]
    public void Leaf_without_a_name_is_named_after_its_model()
    {
        var version = Assert.Single(
            ProductTree.Read(Element($"[{Leaf().Replace("\"name\":\"Nano Banana 2\",", "", StringComparison.Ordinal)}]"))!);

        Assert.Equal("gemini-3.1-flash-image", version.Name);
    }

    // The prompt, and a parameter that is given in two ways.
    [Theory]
    [InlineData("")]
    [InlineData(" \n\t")]
    public void Empty_prompts_are_rejected(string prompt) =>
        Assert.Equal(
            ImaInvalidRequestReason.Prompt, Refused(() => Plan($"[{Leaf()}]", Request with { Prompt = prompt })).InvalidRequestReason);

    [Fact]
    public void Members_and_parameters_are_the_same_parameters()
    {
        var same = Plan($"[{Leaf()}]", With("""{"SIZE":"4k"," Aspect_Ratio ":"16:9","N":2}""") with
        {
            Size = ImageSize.Size4K,
            AspectRatio = AspectRatio.Landscape16x9,
            Count = 2,
        });
        Assert.Equal((ImageSize.Size4K, AspectRatio.Landscape16x9, 2, 26m), (same.Size, same.AspectRatio, same.Count, same.Credits));
        Assert.Equal(["aspect_ratio", "size"], same.Parameters.Keys.Order());

        var size = Refused(() => Plan($"[{Leaf()}]", With("""{"size":"2K"}""") with { Size = ImageSize.Size4K }));
        Assert.Equal(
            (ImaInvalidRequestReason.Size, "size"), (size.InvalidRequestReason, size.ParameterName));
        Assert.Contains("'4K' and as '2K'", size.Message, StringComparison.Ordinal);
        Assert.Equal(
            ImaInvalidRequestReason.AspectRatio,
            Refused(() => Plan(
                $"[{Leaf()}]",
                With("""{"aspect_ratio":"1:1"}""") with { AspectRatio = AspectRatio.Landscape16x9 })).InvalidRequestReason);
        Assert.Equal(
            ImaInvalidRequestReason.Count,
            Refused(() => Plan($"[{Leaf()}]", With("""{"n":3}""") with { Count = 2 })).InvalidRequestReason);
        Assert.Equal(ImaInvalidRequestReason.Parameter, Refused(() => With("""{"seed":3,"Seed ":4}""")).InvalidRequestReason);
    }

    // What can be submitted.
    [Theory]
    [InlineData("""[]""")]
    [InlineData("""null""")]
    [InlineData("""[{"attribute_id":0,"points":6,"attributes":{"size":"1K"}}]""")]
    [InlineData("""[{"attribute_id":-1,"points":6}]""")]
    [InlineData("""[{"attribute_id":null,"points":6}]""")]
    [InlineData("""[{"attribute_id":"x","points":6}]""")]
    [InlineData("""[{"attribute_id":1}]""")]
    [InlineData("""[{"attribute_id":1,"points":-1}]""")]
    [InlineData("""[{"attribute_id":1,"points":1e28}]""")]
    public void Request_without_a_price_is_rejected(string rules)
    {
        var exception = Refused(() => Plan($"[{Leaf(rules: rules)}]", Request));

        Assert.Equal((ImaInvalidRequestReason.NotAvailable, "price"), (exception.InvalidRequestReason, exception.ParameterName));
    }

    [Theory]
    [InlineData("1", "0", 0)]
    [InlineData("\"4401\"", "\"6\"", 6)]
    [InlineData("4401", "6.50", 6.5)]
    [InlineData("0.5", "1000000000", 1_000_000_000)]
    public void Numbers_may_be_text_and_are_sent_as_the_catalog_writes_them(string attributeId, string points, decimal credits)
    {
        var plan = Plan($"[{Leaf(rules: $$"""[{"attribute_id":{{attributeId}},"points":{{points}} }]""")}]", Request);

        Assert.Equal(
            (credits, attributeId, points),
            (plan.CreditsPerImage, plan.Rule.AttributeId!.Value.GetRawText(), plan.Rule.Points!.Value.GetRawText()));
    }

    // The submitted spelling of values, the inner parameters, and the number of images.
    [Theory]
    [InlineData("""{"size":"2k"}""", 3, 10, 1, """{"aspect_ratio":"1:1","size":"2K"}""")]
    [InlineData("""{"n":2}""", 2, 6, 2, """{"aspect_ratio":"1:1","size":"1K"}""")]
    [InlineData("""{"n":"3"}""", 2, 6, 3, """{"aspect_ratio":"1:1","size":"1K"}""")]
    [InlineData("""{"n":2.0}""", 2, 6, 2, """{"aspect_ratio":"1:1","size":"1K"}""")]
    [InlineData("""{"n":null}""", 2, 6, 1, """{"aspect_ratio":"1:1","size":"1K"}""")]
    public void Number_of_images_is_an_integer(string parameters, int attributeId, int credits, int count, string sent) =>
        Assert.Equal(new PlannedSubmission(attributeId, credits, sent) { Count = count }, Planned(Form, Rules, parameters));

    [Theory]
    [InlineData("""{"n":0}""", ImaInvalidRequestReason.Count, "n")]
    [InlineData("""{"n":-1}""", ImaInvalidRequestReason.Count, "n")]
    [InlineData("""{"n":true}""", ImaInvalidRequestReason.Count, "n")]
    [InlineData("""{"n":"two"}""", ImaInvalidRequestReason.Count, "n")]
    [InlineData("""{"n":""}""", ImaInvalidRequestReason.Count, "n")]
    [InlineData("""{"n":1.5}""", ImaInvalidRequestReason.Count, "n")]
    [InlineData("""{"n":1e10}""", ImaInvalidRequestReason.Count, "n")]
    public void Number_of_images_that_is_not_an_integer_is_rejected(string parameters, ImaInvalidRequestReason refusal, string parameter) =>
        Assert.Equal((refusal, parameter), Rejection(Form, Rules, parameters));

    [Theory]
    [InlineData("{}", false)]
    [InlineData("""{"n":1}""", false)]
    [InlineData("""{"n":2}""", true)]
    public void Price_of_several_images_is_charged_only_for_that_number(string parameters, bool isPlanned)
    {
        const string Pair = """[{"attribute_id":5,"points":4,"attributes":{"n":2}}]""";
        if (isPlanned)
        {
            Assert.Equal(new PlannedSubmission(5, 4, "{}") { Count = 2 }, Planned("[]", Pair, parameters));
            return;
        }

        Assert.Equal((ImaInvalidRequestReason.Price, "n"), Rejection("[]", Pair, parameters));
    }

    [Fact]
    public void Invalid_number_is_rejected_with_its_value()
    {
        var exception = Refused(() => ImagePlanner.Check(Request with { Count = 0 }, ModelScope.BuiltIn));

        Assert.Equal((ImaInvalidRequestReason.Count, "n"), (exception.InvalidRequestReason, exception.ParameterName));
        Assert.Contains("'0'", exception.Message, StringComparison.Ordinal);
        ImagePlanner.Check(Request with { Count = 1 }, ModelScope.BuiltIn);
    }

    [Fact]
    public void Defaults_keep_their_json_types_and_names_of_the_sdk_are_not_filled()
    {
        const string Fields = """
            [{"field":"seed","value":-1},{"field":"guidance","value":7.50},{"field":"watermark","value":false},{"field":"style","value":""},
             {"field":"stops","value":[1,2.5,"three"]},{"field":"camera","value":{"zoom":1.25,"pan":null}},{"field":"nothing","value":null},
             {"field":" trimmed ","value":1},{"field":"  ","value":1},{"value":1},7,
             {"field":"Prompt","value":"x"},{"field":"N","value":"2"},{"field":"cast","value":1},{"field":"input_images","value":[]}]
            """;

        Assert.Equal(
            new PlannedSubmission(
                2,
                6,
                """{"camera":{"zoom":1.25,"pan":null},"guidance":7.50,"seed":-1,"stops":[1,2.5,"three"],"style":"","trimmed":1,"watermark":false}""")
            { Count = 2 },
            Planned(Fields, """[{"attribute_id":2,"points":6,"attributes":{"default":"enabled"}}]""", "{}"));
    }

    // The limit for the price.
    [Theory]
    [InlineData(12, true)]
    [InlineData(100, true)]
    [InlineData(11.99, false)]
    [InlineData(0, false)]
    public void Submission_that_costs_more_than_allowed_is_rejected(decimal cap, bool isAllowed)
    {
        var request = Request with { Count = 2, MaxCredits = cap };
        if (isAllowed)
        {
            Assert.Equal(12, Plan($"[{Leaf()}]", request).Credits);
            return;
        }

        var exception = Assert.Throws<ImaException>(() => Plan($"[{Leaf()}]", request));
        Assert.Equal(
            (ImaErrorKind.BudgetExceeded, ImaChargeStatus.NotCharged, ImaRetryGuidance.ChangeRequest),
            (exception.Kind, exception.ChargeStatus, exception.RetryGuidance));
        Assert.Equal((12, cap), (exception.RequiredCredits, exception.AllowedCredits));
        Assert.Equal(
            FormattableString.Invariant(
                $"The request costs 12 credits, but only {cap} are allowed. Change the request or the limit. No credits were spent."),
            exception.Message);
    }

    [Theory]
    [InlineData("20~35s", 20, 35)]
    [InlineData(" 5 - 10 ", 5, 10)]
    [InlineData("0~1", 0, 1)]
    [InlineData("30~30s", 30, 30)]
    [InlineData("1~3600s", 1, 3600)]
    [InlineData("1~3601s", 20, 40)]
    [InlineData("soon", 20, 40)]
    [InlineData("35~20s", 20, 40)]
    [InlineData("0~0s", 20, 40)]
    public void Expected_time_is_the_tag_or_the_usual_one(string tag, int least, int most) => Assert.Equal(
        new ExpectedTime(TimeSpan.FromSeconds(least), TimeSpan.FromSeconds(most)), Plan($"[{Leaf(tag: tag)}]", Request).Version.Expected);

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""[{"tag_type":"EET"}]""")]
    [InlineData("""[{"tag_type":"EET","tag_value":null},{"tag_value":"1~2s"}]""")]
    public void Leaf_without_an_expected_time_has_the_usual_time(string tags)
    {
        var leaf = Leaf().Replace(
            """[{"tag_type":"point","tag_value":"9"},{"tag_type":"EET","tag_value":"20~35s"}]""",
            tags,
            StringComparison.Ordinal);

        Assert.Equal(TimeSpan.FromSeconds(40), Plan($"[{leaf}]", Request).Version.Expected?.AtMost);
    }

    [Fact]
    public void Usual_time_of_the_pro_model_is_longer()
    {
        Assert.Equal(new ExpectedTime(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(120)), ExpectedTime.Usual(ImageModel.NanoBananaPro));
        Assert.Null(ExpectedTime.Usual(new ImageModel("another")));
    }
}
