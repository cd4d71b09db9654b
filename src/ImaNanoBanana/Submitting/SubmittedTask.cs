using System.Diagnostics;
using ImaNanoBanana.Planning;

namespace ImaNanoBanana.Submitting;

/// <summary>Creates the task of a submission.</summary>
internal static class SubmittedTask
{
    /// <param name="plan">The plan that was submitted.</param>
    /// <param name="id">The id of the service; empty while it is unknown.</param>
    /// <param name="idempotencyKey">The idempotency key of the submission.</param>
    /// <param name="createdAt">The time of the submission.</param>
    public static ImageTask Create(ImagePlan plan, string id, string idempotencyKey, DateTimeOffset createdAt) => new(id)
    {
        TaskType = plan.TaskType,
        Model = plan.Version.Model,
        ModelName = plan.Version.Name,
        Size = plan.Size,
        AspectRatio = plan.AspectRatio,
        CreditsPerImage = plan.CreditsPerImage,
        Count = plan.Count,
        MinExpectedDuration = plan.Version.Expected?.AtLeast,
        MaxExpectedDuration = plan.Version.Expected?.AtMost,
        CreatedAt = createdAt,
        Adjustments = plan.Adjustments,
        IdempotencyKey = idempotencyKey,
        TraceParent = Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } traceParent } ? traceParent : null,
    };
}
