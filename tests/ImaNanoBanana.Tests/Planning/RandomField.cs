using System.Text.Json.Nodes;

namespace ImaNanoBanana.Tests.Planning;

public sealed record RandomField(string Name, string Default, IReadOnlyList<string> Options)
{
    public JsonNode ToJson() => new JsonObject
    {
        ["field"] = Name,
        ["value"] = JsonNode.Parse(Default),
        ["options"] = new JsonArray([.. Options.Select(option => new JsonObject { ["value"] = JsonNode.Parse(option) })]),
    };
}
