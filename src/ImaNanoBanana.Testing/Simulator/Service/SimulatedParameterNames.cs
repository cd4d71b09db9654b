namespace ImaNanoBanana.Testing;

/// <summary>
/// Finds inner parameters that the service ignores although they look like one that it reads, such as <c>aspectRatio</c>. Other unknown
/// parameters are allowed: the SDK passes them on, too.
/// </summary>
internal static class SimulatedParameterNames
{
    private static readonly string[] Known = ["aspect_ratio", "size", "n", "prompt", "input_images", "cast"];

    private static readonly Dictionary<string, string> Synonyms = new(StringComparer.Ordinal)
    {
        ["ratio"] = "aspect_ratio",
        ["aspect"] = "aspect_ratio",
        ["imageratio"] = "aspect_ratio",
        ["imageaspectratio"] = "aspect_ratio",
        ["imagesize"] = "size",
        ["imgsize"] = "size",
        ["outputsize"] = "size",
        ["resolution"] = "size",
        ["imageresolution"] = "size",
        ["count"] = "n",
        ["num"] = "n",
        ["numimages"] = "n",
        ["numberofimages"] = "n",
        ["imagecount"] = "n",
    };

    /// <returns>The name that the parameter looks like, or null if it is a known name or like none.</returns>
    public static string? MeantBy(string name)
    {
        if (Known.Contains(name))
        {
            return null;
        }

        var letters = Letters(name);
        return Synonyms.GetValueOrDefault(letters) ?? Known.FirstOrDefault(known => Letters(known) == letters);
    }

    private static string Letters(string name) =>
        string.Concat(name.Where(static letter => letter is not ('_' or '-' or ' ' or '.')).Select(char.ToLowerInvariant));
}
