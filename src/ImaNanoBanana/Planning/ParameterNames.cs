namespace ImaNanoBanana.Planning;

/// <summary>Contains the parameter names of the service's API.</summary>
internal static class ParameterNames
{
    public const string Size = "size";
    public const string AspectRatio = "aspect_ratio";
    public const string Count = "n";

    /// <summary>The parameter name in errors about a text that contains several parameters.</summary>
    public const string Text = "parameters";

    /// <summary>The names in errors about properties of a request that are not sent.</summary>
    public const string Tag = "tag";
    public const string MaxCredits = "max_credits";

    /// <summary>The inner parameters that every submission sets, whatever the form says.</summary>
    public static IReadOnlyList<string> AlwaysSet => ["prompt", Count, "input_images", "cast"];

    private static readonly string[] Reserved =
    [
        "prompt", "input_images", "cast", "task_type", "enable_multi_model", "src_img_url", "parameters",
        "attribute_id", "model_id", "model_name", "model_version", "app", "platform", "category", "credit",
    ];

    /// <summary>All names that the SDK knows, whatever the product list says.</summary>
    public static IEnumerable<string> All => [Size, AspectRatio, Count, .. Reserved];

    /// <summary>Whether the SDK sets the parameter itself, so that a caller cannot specify it.</summary>
    public static bool IsReserved(string name) => Reserved.Contains(name, StringComparer.OrdinalIgnoreCase);
}
