namespace ImaNanoBanana.Testing;

/// <summary>A task of the simulator: working until <paramref name="ReadyAt"/>, from then on what its course says.</summary>
internal sealed record SimulatedTask(string Id, SimulatedSubmission Submission, DateTimeOffset ReadyAt, SimulatedCourse Course)
{
    /// <param name="number">Which image, from 1.</param>
    /// <param name="now">The time.</param>
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
