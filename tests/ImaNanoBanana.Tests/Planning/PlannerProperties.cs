using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using ImaNanoBanana.Planning;
using ImaNanoBanana.Submitting;
using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Planning;

/// <summary>
/// Properties that hold for every plan, over random leaves and requests. A request that a property does not cover is not counted.
/// </summary>
[Properties(Arbitrary = [typeof(RandomRequest)], MaxTest = 1000, MaxRejected = 20_000)]
public class PlannerProperties
{
    [Property]
    public Property Submitted_price_is_that_of_a_rule_matching_the_submitted_values(RandomRequest submission) => OfPlan(submission, plan =>
    {
        var body = Body(plan);
        var inner = body["parameters"]!.AsObject();
        return submission.Rules.Any(rule =>
            rule.AttributeId > 0
            && rule.AttributeId == (int)body["attribute_id"]! && rule.Points == (decimal)body["credit"]!
            && rule.AttributeId == (int)inner["cast"]!["attribute_id"]! && rule.Points == (decimal)inner["cast"]!["points"]!
            && rule.Conditions.All(condition => Comparable(condition.Value) == Comparable(Sent(inner, condition.Key))));
    });

    [Property]
    public Property Submitted_size_is_the_requested_one_or_an_adjustment_is_reported(RandomRequest submission) =>
        Prop.When(submission.Parameters.ContainsKey("size"), () => OfPlan(submission, plan =>
        {
            var sent = Comparable(Sent(Body(plan)["parameters"]!.AsObject(), "size"));
            var asked = Comparable(submission.Parameters["size"]);
            var wanted = asked is "512" ? "512PX" : asked;
            return wanted == sent
                ? plan.Adjustments.Count == 0
                : plan.Adjustments is [{ Kind: ImageAdjustmentKind.Size8KTo4K, From: var from, To: var to }]
                    && string.Equals(from, wanted, StringComparison.OrdinalIgnoreCase)
                    && string.Equals(to, sent, StringComparison.OrdinalIgnoreCase);
        }));

    [Property]
    public Property Later_rule_is_never_chosen_if_an_equally_specific_one_matches(RandomRequest submission) => OfPlan(submission, plan =>
    {
        var inner = Body(plan)["parameters"]!.AsObject();
        var fitting = submission.Rules.Where(
            rule => rule.Conditions.All(condition => Comparable(condition.Value) == Comparable(Sent(inner, condition.Key)))).ToList();
        var best = fitting.Max(rule => rule.Conditions.Count);
        return fitting.First(rule => rule.Conditions.Count == best).Points == plan.CreditsPerImage;
    });

    [Property]
    public async Task<Property> Rejected_request_is_never_sent(RandomRequest submission)
    {
        using var handler = new ScriptedHandler().With("list", (200, $$"""{"code":200,"data":[{{submission.Leaf()}}]}"""));
        using var client = TestClient.Create(handler);

        var refusal = await Record.ExceptionAsync(() => client.SubmitAsync(submission.Request()));

        Assert.Equal(refusal is null ? 1 : 0, handler.Count("create"));
        return Prop.When(
            refusal is not null, () => refusal is ImaException { Kind: ImaErrorKind.InvalidRequest, InvalidRequestReason: not null });
    }

    [Property(MaxTest = 3000)]
    public bool Unknown_fields_nesting_and_key_order_never_change_the_plan(RandomRequest submission, int seed)
    {
        var disguised = Disguise(JsonNode.Parse(submission.Leaf())!, new Random(seed));
        var nested = $$"""[{"type":"2","id":"g","children":[{"id":"x","type":"3","model_id":"foreign","children":[{{disguised.ToJsonString()}}]}],"more":1},{"type":"2","children":null}]""";
        return Outcome($"[{submission.Leaf()}]", submission) == Outcome(nested, submission);
    }

    private static Property OfPlan(RandomRequest submission, Func<ImagePlan, bool> holds)
    {
        var plan = Plan(submission);
        return Prop.When(plan is not null, () => holds(plan!));
    }

    private static ImagePlan? Plan(RandomRequest submission)
    {
        try
        {
            return Plans.Plan($"[{submission.Leaf()}]", submission.Request());
        }
        catch (ImaException)
        {
            return null;
        }
    }

    private static string Outcome(string data, RandomRequest submission)
    {
        try
        {
            var body = Body(Plans.Plan(data, submission.Request()));
            return Sorted(body)!.ToJsonString();
        }
        catch (ImaException exception)
        {
            return $"{exception.InvalidRequestReason} {exception.ParameterName}";
        }
    }

    private static JsonNode Body(ImagePlan plan) => JsonNode.Parse(CreateBody.FromPlan(plan))!["parameters"]![0]!;

    private static JsonNode? Sent(JsonObject inner, string name) =>
        inner.FirstOrDefault(pair => string.Equals(pair.Key.Trim(), name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>The rule for comparing values again, implemented differently from the planner.</summary>
    private static string? Comparable(object? value) =>
        JsonNode.Parse(value as string ?? (value as JsonNode)?.ToJsonString() ?? "null") switch
        {
            null => null,
            JsonValue text when text.TryGetValue<string>(out var word) => word.Trim().ToUpperInvariant(),
            JsonValue number when number.TryGetValue<double>(out var figure) =>
                figure.ToString(System.Globalization.CultureInfo.InvariantCulture),
            var other => other.ToJsonString().ToUpperInvariant(),
        };

    private static JsonNode? Sorted(JsonNode? node) => node is JsonObject map
        ? new JsonObject(
            map.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => KeyValuePair.Create(pair.Key, Sorted(pair.Value))))
        : node?.DeepClone();

    /// <summary>The same leaf with its members shuffled and unknown members added; the order inside arrays stays.</summary>
    private static JsonNode Disguise(JsonNode node, Random random) => node switch
    {
        JsonObject map => new JsonObject(Shuffled(map, random)),
        JsonArray list => new JsonArray([.. list.Select(item => item is null ? null : Disguise(item, random))]),
        _ => node.DeepClone(),
    };

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Shuffled(JsonObject map, Random random)
    {
        var members = map.Select(pair => KeyValuePair.Create(
            pair.Key,
            pair.Key is "attributes"
                ? Shuffle(pair.Value!.AsObject(), random)
                : pair.Value is null
                ? null
                : Disguise(pair.Value, random))).ToList();
        members.Add(KeyValuePair.Create<string, JsonNode?>("unknown_" + random.Next(), new JsonObject { ["points"] = 1 }));
        return members.OrderBy(_ => random.Next());
    }

    private static JsonObject Shuffle(JsonObject map, Random random) =>
        new(map.OrderBy(_ => random.Next()).Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())));
}
