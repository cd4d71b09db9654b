namespace ImaNanoBanana.Requests;

/// <summary>Represents the stored form of an <see cref="ImageInput"/>.</summary>
internal sealed record InputDocument
{
    public required string Url { get; init; }

    /// <exception cref="NotSupportedException">The image is local.</exception>
    public static InputDocument FromInput(ImageInput input) => input is ImageAddress address
        ? new InputDocument { Url = address.Text }
        : throw new NotSupportedException(
            $"The local image '{input}' cannot be written as JSON, because another process may not be able to read it. Upload it first "
                + "with UploadAsync, and use its URL: ImageInput.FromUrl(url).");

    public ImageInput ToInput() => new ImageAddress(Url);
}
