using System.Text.Json.Serialization.Metadata;
using ImaNanoBanana.Mcp.Answers;
using ModelContextProtocol.Protocol;

namespace ImaNanoBanana.Mcp.Tools;

/// <summary>A tool that answers with a task.</summary>
internal abstract class ImageTool<TArguments>(Tool tool, JsonTypeInfo<TArguments> arguments, ImageService images, ServerSettings settings)
    : ImaTool<TArguments, ImageAnswer>(tool, arguments, ServerJson.Default.ImageAnswer, settings)
{
    protected override bool IsOfTask => true;

    protected override ImageAnswer Failed(ErrorFacts facts) => new()
    {
        Status = ImageAnswer.Failed,
        Simulated = images.IsSimulated,
        CreditsSpent = facts.CreditsSpent,
        TaskId = facts.TaskId,
        Handle = facts.Handle,
        IdempotencyKey = facts.IdempotencyKey,
        Error = facts,
    };

    protected override string Text(ImageAnswer answer) => AnswerText.Describe(answer, Say);
}
