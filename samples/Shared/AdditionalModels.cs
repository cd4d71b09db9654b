namespace ImaNanoBanana.Samples;

/// <summary>Reads the models that a user allows besides those that the SDK knows, from the environment. Pure.</summary>
internal static class AdditionalModels
{
    /// <summary>The name of the environment variable: model ids, separated by commas.</summary>
    public const string Variable = "IMA_ADDITIONAL_MODELS";

    public static IReadOnlyList<string> Read(string? value) =>
        (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
