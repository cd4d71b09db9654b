namespace ImaNanoBanana.OpenApi.Models;

/// <summary>Represents the body of a poll.</summary>
internal sealed class TaskDetailRequest
{
    public required string TaskId { get; init; }
}
