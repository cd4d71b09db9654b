using System.ComponentModel;

namespace ImaNanoBanana.Mcp.Answers;

/// <summary>The answer of generate_image, edit_image and get_image_task.</summary>
internal sealed record ImageAnswer
{
    public const string Ready = "ready";
    public const string Running = "running";
    public const string List = "list";
    public const string Failed = "failed";

    [Description(
        "ready: see images. running: call get_image_task with the handle later, and no other tool. list: tasks contains the tasks that "
            + "were not fetched yet. failed: see error.")]
    public required string Status { get; init; }

    [Description("True: a simulator answered instead of the service, and nothing was charged.")]
    public bool Simulated { get; init; }

    [Description("True: an earlier identical call submitted the task, and this call was not charged. Pass a variation for another image.")]
    public bool? AlreadySubmitted { get; init; }

    [Description("The price of the task, for all images together.")]
    public decimal? Credits { get; init; }

    [Description("Whether the credits of the task were spent: yes, no or unknown.")]
    public string? CreditsSpent { get; init; }

    public string? TaskId { get; init; }

    [Description("Pass it to get_image_task, in any process. The task_id and the idempotency_key work there too.")]
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

    [Description("Why images are missing, one entry per image.")]
    public IReadOnlyList<string>? Failures { get; init; }

    [Description("Changes that were made to the request.")]
    public IReadOnlyList<string>? Adjustments { get; init; }

    [Description("Other problems. The images are available despite them.")]
    public IReadOnlyList<string>? Warnings { get; init; }

    public IReadOnlyList<OpenTask>? Tasks { get; init; }

    public ErrorFacts? Error { get; init; }
}
