using ImaNanoBanana.Worker.Storage;
using Npgsql;
using Quartz;

namespace ImaNanoBanana.Worker.Commands;

/// <summary>Says whether the database can be reached, the clock is right and a worker is alive, for a probe of a container.</summary>
internal sealed class HealthCommand(ClockCheck clock, ISchedulerFactory schedulers)
{
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await clock.FindProblemAsync(cancellationToken) is { } problem)
            {
                Console.WriteLine($"clock: {problem}");
                return ExitCode.Unhealthy;
            }
        }
        catch (NpgsqlException exception)
        {
            Console.WriteLine($"database: {exception.Message}");
            return ExitCode.Unhealthy;
        }

        Console.WriteLine("database: reachable");
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        var nodes = await scheduler.QueryClusterNodes(cancellationToken);
        var alive = nodes.Count(node => !node.IsCurrentNode && node.State == ClusterNodeState.Alive);
        Console.WriteLine($"workers: {alive}");
        return alive > 0 ? ExitCode.Done : ExitCode.Unhealthy;
    }
}
