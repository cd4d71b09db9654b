using System.Text.Json;

namespace ImaNanoBanana.Testing;

/// <summary>Makes the size a virtual field: the form shows a quality, and the size that is sent follows from it.</summary>
internal static class QualityField
{
    private const string QualityParameters = """
        [{"field":"quality","type":"tags","value":"standard","options":[{"label":"Standard","value":"standard"},{"label":"High","value":"high"},
          {"label":"Ultra","value":"ultra"}]}]
        """;

    private const string QualityMapping = """
        {"mapping_rules":[{"source_values":{"quality":"standard"},"target_value":"1K"},{"source_values":{"quality":"high"},"target_value":"2K"},
          {"source_values":{"quality":"ultra"},"target_value":"4K"}]}
        """;

    /// <summary>Writes the members that make a field virtual.</summary>
    public static void Write(Utf8JsonWriter json)
    {
        json.WriteBoolean("is_ui_virtual", true);
        json.WritePropertyName("ui_params");
        json.WriteRawValue(QualityParameters);
        json.WritePropertyName("value_mapping");
        json.WriteRawValue(QualityMapping);
    }
}
