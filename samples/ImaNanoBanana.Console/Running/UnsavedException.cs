namespace ImaNanoBanana.Cli.Running;

/// <summary>Images that are bought and ready could not be saved; why is the inner exception.</summary>
internal sealed class UnsavedException(ImageResult result, Exception cause) : Exception(cause.Message, cause)
{
    public ImageResult Result { get; } = result;
}
