namespace ImaNanoBanana.Mcp.Submissions;

/// <summary>The submission of a call, while it may still be running.</summary>
internal sealed class RunningSubmission
{
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether the person is asked first.</summary>
    public required bool AsksPerson { get; init; }

    /// <summary>Whether the person has not answered yet, so that nothing was submitted.</summary>
    public bool IsUndecided => AsksPerson && !_settled.Task.IsCompleted;

    /// <summary>Completes when the person has agreed or declined.</summary>
    public Task Settled => _settled.Task;

    /// <summary>The charged task, or the reason why there is none.</summary>
    public required Task<ImageTask> Submitted { get; init; }

    public void Settle() => _settled.TrySetResult();
}
