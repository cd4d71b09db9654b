using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ImaNanoBanana.Mcp.Answers;

/// <summary>Serializes JSON that has no type in this program.</summary>
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class SchemaJson : JsonSerializerContext;
