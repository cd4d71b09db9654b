namespace ImaNanoBanana.Cli.Running;

/// <summary>The program cannot go on telling of a task that was charged; why is the inner exception.</summary>
internal sealed class UnseenException(ImageTask task, Exception cause) : Exception(cause.Message, cause)
{
    public ImageTask Task { get; } = task;
}
