namespace ImaNanoBanana.Mcp.Submissions;

/// <summary>The purchase that a call stands for, while its order may still be under way.</summary>
internal sealed class RunningSubmission
{
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the person has agreed or declined: until then no time runs.</summary>
    public Task Settled => _settled.Task;

    /// <summary>The bought task, or why there is none.</summary>
    public required Task<ImageTask> Submitted { get; init; }

    public void Settle() => _settled.TrySetResult();
}
