namespace ImaNanoBanana.Worker.Storage;

/// <summary>The state of a job. The table contains it in lower case.</summary>
internal enum JobState
{
    /// <summary>Not started yet.</summary>
    Waiting,

    /// <summary>A worker runs it.</summary>
    Running,

    /// <summary>An attempt failed without a charge or before the image was saved. Quartz starts the next attempt.</summary>
    Retrying,

    /// <summary>All its images are saved.</summary>
    Saved,

    /// <summary>The service charged it and delivered no image. It is not submitted again.</summary>
    Failed,

    /// <summary>A person must decide. It is not tried again.</summary>
    Parked,
}
