namespace ImaNanoBanana.OpenApi.Models;

/// <summary>The body of a poll (wire contract, section 3).</summary>
internal sealed class TaskDetailRequest
{
    public required string TaskId { get; init; }
}
