namespace ImaNanoBanana.Planning;

/// <summary>
/// Finds the parameter that a misspelled name stands for. The service ignores names that it does not know, so a misspelled size or
/// ratio would be charged but not applied. Pure.
/// </summary>
internal static class NearMiss
{
    /// <param name="name">A name that is unknown in this spelling.</param>
    /// <param name="known">The names of the version's fields and price conditions.</param>
    /// <returns>The name that was probably meant; null if no name is similar.</returns>
    public static string? Find(string name, IEnumerable<string> known)
    {
        var plain = Plain(name);
        return known.Concat(ParameterNames.All).FirstOrDefault(candidate => Plain(candidate) == plain)
            ?? Synonym(plain);
    }

    private static string? Synonym(string plain) => plain switch
    {
        "ratio" or "aspect" or "imageratio" or "imageaspectratio" => ParameterNames.AspectRatio,
        "imagesize" or "imgsize" or "outputsize" or "resolution" or "imageresolution" => ParameterNames.Size,
        "count" or "num" or "numimages" or "numberofimages" or "imagecount" => ParameterNames.Count,
        _ => null,
    };

    /// <summary>Removes differences in case, hyphens, underscores, spaces and periods.</summary>
    private static string Plain(string name) =>
        string.Concat(name.Where(letter => letter is not ('-' or '_' or ' ' or '.')).Select(char.ToLowerInvariant));
}
