using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using ImaNanoBanana.Planning;
using ImaNanoBanana.Submitting;
using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Planning;

/// <summary>What holds of every plan, over random leaves and requests.</summary>
public class PlannerProperties
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(3000);

    [Fact]
    public void Price_sent_is_that_of_a_rule_whose_every_condition_equals_what_is_sent()
    {
        var plans = 0;
        Check(order =>
        {
            if (Plan(order) is not { } plan)
            {
                return true;
            }

            plans++;
            var body = Body(plan);
            var inner = body["parameters"]!.AsObject();
            return order.Rules.Any(rule =>
                rule.AttributeId > 0
                && rule.AttributeId == (int)body["attribute_id"]! && rule.Points == (decimal)body["credit"]!
                && rule.AttributeId == (int)inner["cast"]!["attribute_id"]! && rule.Points == (decimal)inner["cast"]!["points"]!
                && rule.Conditions.All(condition => Comparable(condition.Value) == Comparable(Sent(inner, condition.Key))));
        });

        // A property of plans proves nothing when everything is refused.
        Assert.InRange(plans, 300, 3000);
    }

    [Fact]
    public void Size_sent_is_the_size_asked_for_or_an_adjustment_says_otherwise()
    {
        var asked = 0;
        Check(order =>
        {
            if (!order.Parameters.TryGetValue("size", out var size) || Plan(order) is not { } plan)
            {
                return true;
            }

            asked++;
            var sent = Comparable(Sent(Body(plan)["parameters"]!.AsObject(), "size"));
            var wanted = Comparable(size) is "512" ? "512PX" : Comparable(size);
            return wanted == sent
                ? plan.Adjustments.Count == 0
                : plan.Adjustments is [{ Kind: ImageAdjustmentKind.Size8KTo4K, From: var from, To: var to }]
                    && string.Equals(from, wanted, StringComparison.OrdinalIgnoreCase) && string.Equals(to, sent, StringComparison.OrdinalIgnoreCase);
        });
        Assert.InRange(asked, 50, 3000);
    }

    [Fact]
    public void Dearer_rule_is_never_chosen_when_an_equally_specific_one_earlier_fits() => Check(order =>
    {
        if (Plan(order) is not { } plan)
        {
            return true;
        }

        var inner = Body(plan)["parameters"]!.AsObject();
        var fitting = order.Rules.Where(rule => rule.Conditions.All(condition => Comparable(condition.Value) == Comparable(Sent(inner, condition.Key)))).ToList();
        var best = fitting.Max(rule => rule.Conditions.Count);
        return fitting.First(rule => rule.Conditions.Count == best).Points == plan.CreditsPerImage;
    });

    [Fact]
    public void Refusal_sends_nothing()
    {
        var refused = 0;
        Check(order =>
        {
            using var handler = new ScriptedHandler().With("list", (200, $$"""{"code":200,"data":[{{order.Leaf()}}]}"""));
            using var client = TestClient.Create(handler);
            var start = client.StartAsync(order.Request());
            ((IAsyncResult)start).AsyncWaitHandle.WaitOne();
            if (start.IsCompletedSuccessfully)
            {
                return handler.Count("create") == 1;
            }

            refused++;
            return start.Exception?.InnerException is ImaException { Kind: ImaErrorKind.InvalidRequest, Refusal: not null } && handler.Count("create") == 0;
        });
        Assert.InRange(refused, 300, 3000);
    }

    [Fact]
    public void Unknown_fields_nesting_and_key_order_never_change_the_plan() =>
        Prop.ForAll(RandomOrder.Any, ArbMap.Default.ArbFor<int>(), (order, seed) =>
        {
            var disguised = Disguise(JsonNode.Parse(order.Leaf())!, new Random(seed));
            var nested = $$"""[{"type":"2","id":"g","children":[{"id":"x","type":"3","model_id":"foreign","children":[{{disguised.ToJsonString()}}]}],"more":1},{"type":"2","children":null}]""";
            return Outcome($"[{order.Leaf()}]", order) == Outcome(nested, order);
        }).Check(Many);

    private static void Check(Func<RandomOrder, bool> holds) => Prop.ForAll(RandomOrder.Any, holds).Check(Many);

    private static ImagePlan? Plan(RandomOrder order)
    {
        try
        {
            return Plans.Plan($"[{order.Leaf()}]", order.Request());
        }
        catch (ImaException)
        {
            return null;
        }
    }

    private static string Outcome(string data, RandomOrder order)
    {
        try
        {
            var body = Body(Plans.Plan(data, order.Request()));
            return Sorted(body)!.ToJsonString();
        }
        catch (ImaException exception)
        {
            return $"{exception.Refusal} {exception.Parameter}";
        }
    }

    private static JsonNode Body(ImagePlan plan) => JsonNode.Parse(CreateBody.Of(plan))!["parameters"]![0]!;

    private static JsonNode? Sent(JsonObject inner, string name) =>
        inner.FirstOrDefault(pair => string.Equals(pair.Key.Trim(), name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>The rule of comparison once more, in other words than the planner's.</summary>
    private static string? Comparable(object? value) => JsonNode.Parse(value as string ?? (value as JsonNode)?.ToJsonString() ?? "null") switch
    {
        null => null,
        JsonValue text when text.TryGetValue<string>(out var word) => word.Trim().ToUpperInvariant(),
        JsonValue number when number.TryGetValue<double>(out var figure) => figure.ToString(System.Globalization.CultureInfo.InvariantCulture),
        var other => other.ToJsonString().ToUpperInvariant(),
    };

    private static JsonNode? Sorted(JsonNode? node) => node is JsonObject map
        ? new JsonObject(map.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => KeyValuePair.Create(pair.Key, Sorted(pair.Value))))
        : node?.DeepClone();

    /// <summary>The same leaf with its members shuffled and members added that nobody knows; order inside arrays stays.</summary>
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
            pair.Key is "attributes" ? Shuffle(pair.Value!.AsObject(), random) : pair.Value is null ? null : Disguise(pair.Value, random))).ToList();
        members.Add(KeyValuePair.Create<string, JsonNode?>("unknown_" + random.Next(), new JsonObject { ["points"] = 1 }));
        return members.OrderBy(_ => random.Next());
    }

    private static JsonObject Shuffle(JsonObject map, Random random) =>
        new(map.OrderBy(_ => random.Next()).Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())));
}
