namespace ImaNanoBanana.Cli.Running;

/// <summary>Images that are charged and ready could not be saved or told of; why is the inner exception.</summary>
internal sealed class UnsavedException(ImageResult result, Exception cause) : Exception(cause.Message, cause)
{
    public ImageResult Result { get; } = result;
}
