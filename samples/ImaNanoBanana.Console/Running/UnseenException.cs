namespace ImaNanoBanana.Cli.Running;

/// <summary>The program can no longer report the progress of a charged task. The inner exception is the cause.</summary>
internal sealed class UnseenException(ImageTask task, Exception cause) : Exception(cause.Message, cause)
{
    public ImageTask Task { get; } = task;
}
