using System.Text.Json;
using ImaNanoBanana.Json;

namespace ImaNanoBanana.Catalog;

/// <summary>Reads the product list's tree (wire contract, section 1; careful client, section 1, rule 2). Pure.</summary>
internal static class ProductTree
{
    /// <summary>The models this SDK is for.</summary>
    private static readonly ImageModel[] InScope = [ImageModel.NanoBanana2, ImageModel.NanoBananaPro];

    /// <summary>
    /// Every version of the models in scope, at any depth, oldest first. Leaves of other models, and leaves that cannot
    /// be read, are passed over.
    /// </summary>
    /// <param name="data">The envelope's <c>data</c>; null is an empty list.</param>
    /// <returns>The versions; null when <paramref name="data"/> is neither null nor an array.</returns>
    public static IReadOnlyList<ProductVersion>? Read(JsonElement? data)
    {
        var versions = new List<ProductVersion>();
        switch (data)
        {
            case null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined }:
                return versions;
            case { ValueKind: JsonValueKind.Array }:
                Walk(data, versions);
                return versions;
            default:
                return null;
        }
    }

    private static void Walk(JsonElement? nodes, List<ProductVersion> versions)
    {
        foreach (var node in JsonReading.Items(nodes))
        {
            if (Version(node) is { } version)
            {
                versions.Add(version);
            }

            Walk(JsonReading.Member(node, "children"), versions);
        }
    }

    private static ProductVersion? Version(JsonElement node)
    {
        var model = new ImageModel(JsonReading.Text(JsonReading.Member(node, "model_id")) ?? "");
        var id = JsonReading.Text(JsonReading.Member(node, "id"));
        if (JsonReading.Text(JsonReading.Member(node, "type")) != "3" || string.IsNullOrEmpty(id) || !InScope.Contains(model))
        {
            return null;
        }

        return new ProductVersion
        {
            Id = id,
            Model = model,
            Name = JsonReading.Text(JsonReading.Member(node, "name")) ?? model.Id,
            Fields = [.. JsonReading.Items(JsonReading.Member(node, "form_config")).Select(Field).OfType<FormField>()],
            Rules = [.. JsonReading.Items(JsonReading.Member(node, "credit_rules")).Where(IsObject).Select(Rule)],
            Expected = Expected(node) ?? ExpectedTime.Usual(model),
        };
    }

    private static FormField? Field(JsonElement entry)
    {
        var name = JsonReading.NonEmptyText(JsonReading.Member(entry, "field"))?.Trim();
        var fallback = JsonReading.Member(entry, "value");
        return name is null ? null : new FormField(
            name,
            fallback is { ValueKind: not JsonValueKind.Null } ? fallback : null,
            JsonReading.Member(entry, "is_ui_virtual") is { ValueKind: JsonValueKind.True });
    }

    private static CreditRule Rule(JsonElement entry)
    {
        var conditions = new List<KeyValuePair<string, JsonElement>>();
        if (JsonReading.Member(entry, "attributes") is { ValueKind: JsonValueKind.Object } attributes)
        {
            conditions.AddRange(attributes.EnumerateObject()
                .Where(attribute => !IsMarker(attribute))
                .Select(attribute => KeyValuePair.Create(attribute.Name.Trim(), attribute.Value)));
        }

        return new CreditRule(JsonReading.Member(entry, "attribute_id"), JsonReading.Member(entry, "points"), conditions);
    }

    private static ExpectedTime? Expected(JsonElement node) =>
        JsonReading.Items(JsonReading.Member(node, "tags"))
            .Where(tag => JsonReading.Text(JsonReading.Member(tag, "tag_type")) == "EET")
            .Select(tag => ExpectedTime.Parse(JsonReading.Text(JsonReading.Member(tag, "tag_value"))))
            .FirstOrDefault(expected => expected is not null);

    private static bool IsObject(JsonElement value) => value.ValueKind == JsonValueKind.Object;

    private static bool IsMarker(JsonProperty attribute) =>
        CatalogValue.AreEqual(attribute.Name.Trim(), "default") && CatalogValue.AreEqual(CatalogValue.Text(attribute.Value), "enabled");
}
