using Npgsql;
using Quartz;

namespace ImaNanoBanana.Worker.Commands;

/// <summary>Says whether the database can be reached and a worker is alive, for a probe of a container.</summary>
internal sealed class HealthCommand(NpgsqlDataSource database, ISchedulerFactory schedulers)
{
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var command = database.CreateCommand("select 1");
            await command.ExecuteScalarAsync(cancellationToken);
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
