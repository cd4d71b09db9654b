using System.Text.Json;

namespace ImaNanoBanana.Catalog;

/// <summary>What a virtual field is for one combination of its UI parameters.</summary>
internal sealed record MappingRule(IReadOnlyList<KeyValuePair<string, JsonElement>> SourceValues, JsonElement Target);
