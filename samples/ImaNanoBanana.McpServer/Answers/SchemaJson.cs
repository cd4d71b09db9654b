using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ImaNanoBanana.Mcp.Answers;

/// <summary>JSON without types of its own.</summary>
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class SchemaJson : JsonSerializerContext;
