using System.Text.Json;
using ImaNanoBanana.Json;

namespace ImaNanoBanana.Catalog;

/// <summary>Reads the <c>form_config</c> of a leaf. Pure; what cannot be read is skipped.</summary>
internal static class FormConfiguration
{
    public static IReadOnlyList<FormField> Read(JsonElement? formConfig) =>
        [.. JsonReading.Items(formConfig).Select(Field).OfType<FormField>()];

    /// <summary>
    /// The members of an object, by trimmed names; null if one cannot be read, because leaving it out would change the meaning.
    /// </summary>
    public static IReadOnlyList<KeyValuePair<string, JsonElement>>? Pairs(JsonElement values) => JsonReading.IsReadable(values)
        ? [.. values.EnumerateObject().Select(member => KeyValuePair.Create(member.Name.Trim(), member.Value))]
        : null;

    private static FormField? Field(JsonElement entry) =>
        Name(JsonReading.Member(entry, "field")) is not { } name ? null : new FormField(
            name,
            Usable(JsonReading.Member(entry, "value")),
            [.. JsonReading.Items(JsonReading.Member(entry, "options")).Select(Option).OfType<JsonElement>()])
        {
            IsVirtual = CatalogValue.Text(JsonReading.Member(entry, "is_ui_virtual")) is { } flag && CatalogValue.AreEqual(flag, "true"),
            UiParameters = [.. JsonReading.Items(JsonReading.Member(entry, "ui_params")).Select(Parameter).OfType<UiParameter>()],
            MappingRules = [.. JsonReading.Items(JsonReading.Member(JsonReading.Member(entry, "value_mapping"), "mapping_rules"))
                .Select(Rule).OfType<MappingRule>()],
        };

    private static JsonElement? Option(JsonElement entry) =>
        Usable(entry.ValueKind == JsonValueKind.Object ? JsonReading.Member(entry, "value") : entry);

    private static UiParameter? Parameter(JsonElement entry) =>
        (Name(JsonReading.Member(entry, "field")) ?? Name(JsonReading.Member(entry, "id"))) is { } name
            ? new UiParameter(name, Usable(JsonReading.Member(entry, "value")))
            : null;

    private static MappingRule? Rule(JsonElement entry) =>
        JsonReading.Member(entry, "source_values") is { ValueKind: JsonValueKind.Object } source
        && Pairs(source) is { } values
        && Usable(JsonReading.Member(entry, "target_value")) is { } target
            ? new MappingRule(values, target)
            : null;

    private static string? Name(JsonElement? value) => JsonReading.NonEmptyText(value)?.Trim();

    /// <summary>Returns the value if it can be written into a create request; otherwise null.</summary>
    private static JsonElement? Usable(JsonElement? value) =>
        value is { ValueKind: not JsonValueKind.Null } present && JsonReading.IsReadable(present) ? present : null;
}
