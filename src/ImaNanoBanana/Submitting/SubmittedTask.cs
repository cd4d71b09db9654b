using System.Diagnostics;
using ImaNanoBanana.Planning;

namespace ImaNanoBanana.Submitting;

/// <summary>The task of a submission.</summary>
internal static class SubmittedTask
{
    /// <param name="plan">What was submitted.</param>
    /// <param name="id">The service's id; empty while it is not known.</param>
    /// <param name="operationKey">The key of the submission.</param>
    /// <param name="createdAt">When it was submitted.</param>
    public static ImageTask Create(ImagePlan plan, string id, string operationKey, DateTimeOffset createdAt) => new(id)
    {
        TaskType = plan.TaskType,
        Model = plan.Version.Model,
        ModelName = plan.Version.Name,
        Size = plan.Size,
        AspectRatio = plan.AspectRatio,
        CreditsPerImage = plan.CreditsPerImage,
        Count = plan.Count,
        ExpectedAtLeast = plan.Version.Expected?.AtLeast,
        ExpectedAtMost = plan.Version.Expected?.AtMost,
        CreatedAt = createdAt,
        Adjustments = plan.Adjustments,
        OperationKey = operationKey,
        TraceParent = Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } traceParent } ? traceParent : null,
    };
}
