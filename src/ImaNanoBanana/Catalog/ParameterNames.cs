namespace ImaNanoBanana.Catalog;

/// <summary>Names on the wire (wire contract, section 2).</summary>
internal static class ParameterNames
{
    public const string Size = "size";
    public const string AspectRatio = "aspect_ratio";
    public const string Count = "n";

    /// <summary>Set in every order's inner parameters, whatever the form says.</summary>
    public static IReadOnlyList<string> AlwaysSet => ["prompt", Count, "input_images", "cast"];

    /// <summary>What the request sets itself and a caller cannot give as a parameter.</summary>
    public static bool IsReserved(string name) => Lower(name) is
        "prompt" or "input_images" or "cast"
        or "task_type" or "enable_multi_model" or "src_img_url" or "parameters"
        or "attribute_id" or "model_id" or "model_name" or "model_version" or "app" or "platform" or "category" or "credit";

    private static string Lower(string name) => string.Create(name.Length, name, static (lower, original) => original.AsSpan().ToLowerInvariant(lower));
}
