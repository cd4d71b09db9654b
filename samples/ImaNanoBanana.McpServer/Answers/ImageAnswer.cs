namespace ImaNanoBanana.Mcp.Answers;

/// <summary>The answer of generate_image, edit_image and get_image_task.</summary>
internal sealed record ImageAnswer
{
    public const string Ready = "ready";
    public const string Running = "running";
    public const string List = "list";
    public const string Failed = "failed";

    /// <summary>
    /// ready: see images. running: call get_image_task with the handle later, and no other tool. list: tasks contains the tasks
    /// that were not fetched yet. failed: see error.
    /// </summary>
    public required string Status { get; init; }

    /// <summary>True: a simulator answered instead of the service, and nothing was charged.</summary>
    public bool Simulated { get; init; }

    /// <summary>
    /// True: an earlier identical call submitted the task, and this call was not charged. Pass a variation for another image.
    /// </summary>
    public bool? AlreadySubmitted { get; init; }

    /// <summary>The price of the task, for all images together.</summary>
    public decimal? Credits { get; init; }

    /// <summary>Whether the credits of the task were spent: yes, no or unknown.</summary>
    public string? CreditsSpent { get; init; }

    public string? TaskId { get; init; }

    /// <summary>Pass it to get_image_task, in any process. The task_id and the idempotency_key work there too.</summary>
    public string? Handle { get; init; }

    public string? IdempotencyKey { get; init; }

    public string? Model { get; init; }

    public string? ModelName { get; init; }

    public string? Size { get; init; }

    public string? AspectRatio { get; init; }

    public int? Count { get; init; }

    public int? Percent { get; init; }

    /// <summary>When to call get_image_task again.</summary>
    public int? AskAgainInSeconds { get; init; }

    /// <summary>The time since the task was submitted.</summary>
    public double? ElapsedSeconds { get; init; }

    /// <summary>The longest time that the task usually takes.</summary>
    public double? ExpectedAtMostSeconds { get; init; }

    /// <summary>True: the person has not answered the question about the price, so nothing was submitted yet.</summary>
    public bool? WaitsForPerson { get; init; }

    public IReadOnlyList<ImageFacts>? Images { get; init; }

    /// <summary>Why images are missing, one entry per image.</summary>
    public IReadOnlyList<string>? Failures { get; init; }

    /// <summary>Changes that were made to the request.</summary>
    public IReadOnlyList<string>? Adjustments { get; init; }

    /// <summary>Other problems. The images are available despite them.</summary>
    public IReadOnlyList<string>? Warnings { get; init; }

    public IReadOnlyList<OpenTask>? Tasks { get; init; }

    public ErrorFacts? Error { get; init; }
}
