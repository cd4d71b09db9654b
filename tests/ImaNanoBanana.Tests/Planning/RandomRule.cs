using System.Text.Json.Nodes;

namespace ImaNanoBanana.Tests.Planning;

public sealed record RandomRule(int AttributeId, int Points, IReadOnlyDictionary<string, string> Conditions)
{
    public JsonNode ToJson() => new JsonObject
    {
        ["attribute_id"] = AttributeId,
        ["points"] = Points,
        ["attributes"] = new JsonObject(Conditions.Select(pair => KeyValuePair.Create(pair.Key, JsonNode.Parse(pair.Value)))),
    };
}
