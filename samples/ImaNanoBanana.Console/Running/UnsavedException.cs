namespace ImaNanoBanana.Cli.Running;

/// <summary>Charged images that are ready could not be saved or reported. The inner exception is the cause.</summary>
internal sealed class UnsavedException(ImageResult result, Exception cause) : Exception(cause.Message, cause)
{
    public ImageResult Result { get; } = result;
}
