namespace ImaNanoBanana.Testing;

/// <summary>Represents a task of the simulator. It is processing until <paramref name="ReadyAt"/> and then follows its course.</summary>
internal sealed record SimulatedTask(string Id, SimulatedSubmission Submission, DateTimeOffset ReadyAt, SimulatedCourse Course)
{
    /// <param name="number">The number of the image, from 1.</param>
    /// <param name="now">The current time.</param>
    public SimulatedMediaState StateOf(int number, DateTimeOffset now)
    {
        if (Course.NeverEnds || now < ReadyAt)
        {
            return SimulatedMediaState.Processing;
        }

        if (number > Submission.Count - Course.FailedImages)
        {
            return SimulatedMediaState.Failed;
        }

        if (Course.AddressLag is { } lag && now - ReadyAt >= lag)
        {
            return SimulatedMediaState.Ready;
        }

        return SimulatedMediaState.WithoutAddress;
    }
}
