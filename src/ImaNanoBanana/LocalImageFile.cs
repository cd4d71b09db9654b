namespace ImaNanoBanana;

/// <summary>An image in a local file; opened when the request is used.</summary>
internal sealed class LocalImageFile(string path) : ImageInput
{
    public string Path { get; } = path;

    public override string ToString() => Path;
}
