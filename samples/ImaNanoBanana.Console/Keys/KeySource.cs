namespace ImaNanoBanana.Cli.Keys;

/// <summary>Represents the API key of a run and where it comes from. Never written to any output.</summary>
/// <param name="Name">What the user calls the source: an option, a variable or a place.</param>
internal sealed record KeySource(string Name)
{
    /// <summary>The key; null if the source has one that could not be read.</summary>
    public string? Key { get; init; }

    /// <summary>Why the key could not be read, for the user; otherwise null.</summary>
    public string? Problem { get; init; }

    /// <returns>Null if there is no key.</returns>
    public static KeySource? FromText(string? key, string name) => string.IsNullOrWhiteSpace(key) ? null : new(name) { Key = key };

    /// <summary>The text of a record would contain the key.</summary>
    public override string ToString() => Name;
}
