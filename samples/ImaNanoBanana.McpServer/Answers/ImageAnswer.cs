using System.ComponentModel;

namespace ImaNanoBanana.Mcp.Answers;

/// <summary>What generate_image, edit_image and get_image_task answer.</summary>
internal sealed record ImageAnswer
{
    public const string Ready = "ready";
    public const string Running = "running";
    public const string List = "list";
    public const string Failed = "failed";

    [Description(
        "ready: images has them. running: call get_image_task with the handle later, and nothing else. list: tasks has what nobody "
            + "fetched yet. failed: see error.")]
    public required string Status { get; init; }

    [Description("True: a simulator stood in for the service, and nothing was bought.")]
    public bool Simulated { get; init; }

    [Description("True: an earlier identical call had ordered it, and this one bought nothing. A variation orders another picture.")]
    public bool? AlreadySubmitted { get; init; }

    [Description("The price of the task, all images together.")]
    public decimal? Credits { get; init; }

    [Description("yes, no or unknown: whether the task's credits were spent.")]
    public string? CreditsSpent { get; init; }

    public string? TaskId { get; init; }

    [Description("For get_image_task, in any process. The task_id or the idempotency_key will do there too.")]
    public string? Handle { get; init; }

    public string? IdempotencyKey { get; init; }

    public string? Model { get; init; }

    public string? ModelName { get; init; }

    public string? Size { get; init; }

    public string? AspectRatio { get; init; }

    public int? Count { get; init; }

    public int? Percent { get; init; }

    [Description("When to call get_image_task again.")]
    public int? AskAgainInSeconds { get; init; }

    public double? ElapsedSeconds { get; init; }

    public IReadOnlyList<ImageFacts>? Images { get; init; }

    [Description("Why images are missing, one line for each.")]
    public IReadOnlyList<string>? Failures { get; init; }

    [Description("What was ordered otherwise than asked for.")]
    public IReadOnlyList<string>? Adjustments { get; init; }

    [Description("What else went wrong. The images are there nevertheless.")]
    public IReadOnlyList<string>? Warnings { get; init; }

    public IReadOnlyList<OpenTask>? Tasks { get; init; }

    public ErrorFacts? Error { get; init; }
}
