namespace ImaNanoBanana.OpenApi.Models;

/// <summary>The body of a create (wire contract, section 2).</summary>
internal sealed class CreateTaskRequest
{
    public required string TaskType { get; init; }

    public bool EnableMultiModel { get; init; }

    public required IReadOnlyList<string> SrcImgUrl { get; init; }

    public required IReadOnlyList<CreateTaskParameters> Parameters { get; init; }
}
