namespace ImaNanoBanana.Mcp.Submissions;

/// <summary>The submission of a call, while it may still be running.</summary>
internal sealed class RunningSubmission
{
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the person has agreed or declined. The wait of the call starts only then.</summary>
    public Task Settled => _settled.Task;

    /// <summary>The charged task, or the reason why there is none.</summary>
    public required Task<ImageTask> Submitted { get; init; }

    public void Settle() => _settled.TrySetResult();
}
