using System.Text.Json;
using ImaNanoBanana.Json;
using ImaNanoBanana.Masking;

namespace ImaNanoBanana.Catalog;

/// <summary>
/// Represents one version of one model in the product list. Only one of the many versions of a list is submitted, so a leaf is parsed
/// only when its content is needed.
/// </summary>
/// <remarks>Thread-safe: if a leaf is parsed twice at the same time, both results are the same.</remarks>
/// <param name="id">The id of the version.</param>
/// <param name="model">The model.</param>
/// <param name="leaf">The leaf of the list.</param>
internal sealed class ProductVersion(string id, ImageModel model, byte[] leaf)
{
    public string Id => id;

    public ImageModel Model => model;

    public string Name => Content.Name;

    public IReadOnlyList<FormField> Fields => Content.Fields;

    public IReadOnlyList<CreditRule> Rules => Content.Rules;

    /// <summary>The names of the fields, ignoring case.</summary>
    public IReadOnlySet<string> FieldNames => Content.FieldNames;

    public ExpectedTime? Expected => Content.Expected;

    /// <summary>The minimum number of source images; null if the list does not specify it.</summary>
    public int? MinImages => Content.MinImages;

    /// <summary>The maximum number of source images; null if the list does not specify it.</summary>
    public int? MaxImages => Content.MaxImages;

    private Leaf Content => field ??= new Leaf(JsonElement.Parse(leaf), model);

    private sealed class Leaf(JsonElement node, ImageModel model)
    {
        private readonly JsonElement? _files = JsonReading.Member(node, "files");

        public string Name { get; } = UntrustedText.Line(JsonReading.NonEmptyText(JsonReading.Member(node, "name"))) is { Length: > 0 } name
            ? name
            : model.Id;

        public IReadOnlyList<FormField> Fields { get; } = FormConfiguration.Read(JsonReading.Member(node, "form_config"));

        public IReadOnlySet<string> FieldNames => field ??= Fields.Select(entry => entry.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);

        public IReadOnlyList<CreditRule> Rules { get; } = CreditRules.Read(JsonReading.Member(node, "credit_rules"));

        public ExpectedTime? Expected { get; } = JsonReading.Items(JsonReading.Member(node, "tags"))
            .Where(tag => JsonReading.Text(JsonReading.Member(tag, "tag_type")) == "EET")
            .Select(tag => ExpectedTime.Parse(JsonReading.Text(JsonReading.Member(tag, "tag_value"))))
            .FirstOrDefault(expected => expected is not null) ?? ExpectedTime.Usual(model);

        public int? MinImages => JsonReading.Integer(JsonReading.Member(_files, "minLimit"));

        public int? MaxImages => JsonReading.Integer(JsonReading.Member(_files, "maxLimit"));
    }
}
