using ImaNanoBanana.Worker.Storage;

namespace ImaNanoBanana.Worker.Commands;

/// <summary>Prints the number of jobs in each state, and the reasons of those that a person should see.</summary>
internal sealed class StatusCommand(JobTable table)
{
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        foreach (var (state, count) in await table.CountAsync(cancellationToken))
        {
            Console.WriteLine($"{state.ToString().ToLowerInvariant(),-9} {count}");
        }

        foreach (var state in (JobState[])[JobState.Parked, JobState.Failed, JobState.Retrying])
        {
            foreach (var (key, reason) in await table.ListAsync(state, cancellationToken))
            {
                Console.WriteLine($"{state.ToString().ToLowerInvariant()} {key}: {reason}");
            }
        }

        return ExitCode.Done;
    }
}
