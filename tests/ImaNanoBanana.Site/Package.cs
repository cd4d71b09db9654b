namespace ImaNanoBanana.Site;

/// <summary>A package of the SDK.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">Its description, as in its project file.</param>
public sealed record Package(string Name, string Description)
{
    /// <summary>The file of its public API as text, relative to the repository.</summary>
    public string ApiText => $"docs/api/{Name}.txt";
}
