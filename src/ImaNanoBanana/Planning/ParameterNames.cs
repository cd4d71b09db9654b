namespace ImaNanoBanana.Planning;

/// <summary>Names on the wire (wire contract, section 2).</summary>
internal static class ParameterNames
{
    public const string Size = "size";
    public const string AspectRatio = "aspect_ratio";
    public const string Count = "n";

    /// <summary>The name that a text of several parameters is refused under.</summary>
    public const string Text = "parameters";

    /// <summary>Set in every order's inner parameters, whatever the form says.</summary>
    public static IReadOnlyList<string> AlwaysSet => ["prompt", Count, "input_images", "cast"];

    private static readonly string[] Reserved =
    [
        "prompt", "input_images", "cast", "task_type", "enable_multi_model", "src_img_url", "parameters",
        "attribute_id", "model_id", "model_name", "model_version", "app", "platform", "category", "credit",
    ];

    /// <summary>All names that the SDK knows whatever the product list says.</summary>
    public static IEnumerable<string> All => [Size, AspectRatio, Count, .. Reserved];

    /// <summary>What the request sets itself and a caller cannot give as a parameter.</summary>
    public static bool IsReserved(string name) => Reserved.Contains(name, StringComparer.OrdinalIgnoreCase);
}
