namespace ImaNanoBanana.Requests;

/// <summary>An image at a public address, as the caller wrote it.</summary>
internal sealed class ImageAddress(string text) : ImageInput
{
    public string Text { get; } = text;

    public override string ToString() => Text;
}
