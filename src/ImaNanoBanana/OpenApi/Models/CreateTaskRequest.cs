namespace ImaNanoBanana.OpenApi.Models;

/// <summary>Represents the body of a create request.</summary>
internal sealed class CreateTaskRequest
{
    public required string TaskType { get; init; }

    public bool EnableMultiModel { get; init; }

    public required IReadOnlyList<string> SrcImgUrl { get; init; }

    public required IReadOnlyList<CreateTaskParameters> Parameters { get; init; }
}
