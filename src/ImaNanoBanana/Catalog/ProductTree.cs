using System.Runtime.InteropServices;
using System.Text.Json;
using ImaNanoBanana.Json;

namespace ImaNanoBanana.Catalog;

/// <summary>Reads the tree of the product list. Pure.</summary>
internal static class ProductTree
{
    private const int Leaf = 3;

    /// <summary>
    /// Returns every version of the models in scope, at any depth, oldest first. Leaves of other models, and leaves that cannot be read,
    /// are skipped.
    /// </summary>
    /// <param name="data">The envelope's <c>data</c>; null is an empty list.</param>
    /// <param name="scope">The models; null for those that the SDK knows.</param>
    /// <returns>The versions; null when <paramref name="data"/> is neither null nor an array.</returns>
    public static IReadOnlyList<ProductVersion>? Read(JsonElement? data, ModelScope? scope = null)
    {
        var versions = new List<ProductVersion>();
        switch (data)
        {
            case null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined }:
                return versions;
            case { ValueKind: JsonValueKind.Array }:
                Walk(data, scope ?? ModelScope.BuiltIn, versions);
                return versions;
            default:
                return null;
        }
    }

    private static void Walk(JsonElement? nodes, ModelScope scope, List<ProductVersion> versions)
    {
        foreach (var node in JsonReading.Items(nodes))
        {
            if (Version(node, scope) is { } version)
            {
                versions.Add(version);
            }

            Walk(JsonReading.Member(node, "children"), scope, versions);
        }
    }

    private static ProductVersion? Version(JsonElement node, ModelScope scope)
    {
        var model = new ImageModel(JsonReading.Text(JsonReading.Member(node, "model_id")) ?? "");
        var id = JsonReading.Text(JsonReading.Member(node, "id"));
        if (JsonReading.Integer(JsonReading.Member(node, "type")) != Leaf || string.IsNullOrEmpty(id) || !scope.Contains(model))
        {
            return null;
        }

        // Copy only the leaf, so that a kept version does not hold the whole list in memory.
        return new ProductVersion(id, model, JsonMarshal.GetRawUtf8Value(node).ToArray());
    }
}
