using ImaNanoBanana.Worker.Jobs;
using ImaNanoBanana.Worker.Storage;

namespace ImaNanoBanana.Worker.Commands;

/// <summary>Starts a parked or failed job again, after a person has removed the cause.</summary>
internal sealed class RetryCommand(ImageQueue queue, JobTable table)
{
    public async Task<int> RunAsync(string key, CancellationToken cancellationToken)
    {
        var state = await table.FindAsync(key, cancellationToken);
        if (state is not (JobState.Parked or JobState.Failed) || !await queue.TryRetryAsync(key, cancellationToken))
        {
            var reason = state is { } word ? word.ToString().ToLowerInvariant() : "not known";
            await Console.Error.WriteLineAsync($"{key} is {reason}. Only a parked or failed job can be started again.");
            return ExitCode.Refused;
        }

        Console.WriteLine($"{key} is started again.");
        return ExitCode.Done;
    }
}
