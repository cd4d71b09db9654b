using System.Text.Json.Serialization;
using ImaNanoBanana.Catalog;
using ImaNanoBanana.Submitting;

namespace ImaNanoBanana.Benchmarks.Overhead;

/// <summary>The JSON that the hand-written client reads and writes; of the product list only what it uses.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(HandWrittenSubmission))]
[JsonSerializable(typeof(HandWrittenPoll))]
[JsonSerializable(typeof(ListAnswer))]
[JsonSerializable(typeof(CreateAnswer))]
[JsonSerializable(typeof(DetailAnswer))]
internal sealed partial class HandWrittenJson : JsonSerializerContext;

internal abstract record HandWrittenAnswer
{
    public int Code { get; init; }

    public string? Message { get; init; }
}

internal sealed record ListAnswer : HandWrittenAnswer
{
    public List<ListedNode>? Data { get; init; }
}

internal sealed record ListedNode(string? Id, string? Type, string? ModelId, string? Name)
{
    public List<ListedNode>? Children { get; init; }

    public List<ListedField>? FormConfig { get; init; }

    public List<ListedRule>? CreditRules { get; init; }
}

internal sealed record ListedField(string? Field, string? Value);

internal sealed record ListedRule(int AttributeId, int Points, Dictionary<string, string>? Attributes);

internal sealed record CreateAnswer : HandWrittenAnswer
{
    public CreatedTask? Data { get; init; }
}

internal sealed record CreatedTask(string? Id);

internal sealed record DetailAnswer : HandWrittenAnswer
{
    public TaskDetail? Data { get; init; }
}

internal sealed record TaskDetail(List<TaskMedia>? Medias);

internal sealed record TaskMedia(int ResourceStatus, string? Url);

internal sealed record HandWrittenPoll
{
    public required string TaskId { get; init; }
}

internal sealed record HandWrittenSubmission
{
    public required string TaskType { get; init; }

    public bool EnableMultiModel { get; init; }

    public IReadOnlyList<string> SrcImgUrl { get; init; } = [];

    public required IReadOnlyList<HandWrittenParameters> Parameters { get; init; }
}

internal sealed record HandWrittenParameters
{
    public required int AttributeId { get; init; }

    public required string ModelId { get; init; }

    public required string ModelName { get; init; }

    public required string ModelVersion { get; init; }

    public string App { get; init; } = "ima";

    public string Platform { get; init; } = "web";

    public required string Category { get; init; }

    public required int Credit { get; init; }

    public required HandWrittenInner Parameters { get; init; }
}

internal sealed record HandWrittenInner
{
    public required string AspectRatio { get; init; }

    public required string Size { get; init; }

    public required string Prompt { get; init; }

    public required int N { get; init; }

    public IReadOnlyList<string> InputImages { get; init; } = [];

    public required HandWrittenCast Cast { get; init; }
}

internal sealed record HandWrittenCast
{
    public required int Points { get; init; }

    public required int AttributeId { get; init; }
}
