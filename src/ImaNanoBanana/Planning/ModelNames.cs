namespace ImaNanoBanana.Planning;

/// <summary>Recognises the name of a model where its id is expected. Pure.</summary>
internal static class ModelNames
{
    /// <returns>A sentence that says how to name the model; empty for any other text.</returns>
    public static string Hint(ImageModel model)
    {
        var member = string.Concat(model.Id.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant() switch
        {
            "NANOBANANAPRO" or "BANANAPRO" or "NBPRO" or "PRO" => nameof(ImageModel.NanoBananaPro),
            "NANOBANANA" or "NANOBANANA2" or "BANANA" or "BANANA2" or "NB2" => nameof(ImageModel.NanoBanana2),
            _ => null,
        };
        return member is null ? "" : $"This is a name and not an id: use ImageModel.{member}, or ImageChoice.Parse to read names. ";
    }
}
