using ImaNanoBanana.Worker.Jobs;
using ImaNanoBanana.Worker.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Quartz;

namespace ImaNanoBanana.Worker;

/// <summary>Creates the host of a command. All commands have the same services; only <c>run</c> takes jobs.</summary>
internal static class WorkerHost
{
    private const string Database = "Images";
    private const string ClientSection = "ImaNanoBanana";

    private static readonly TimeSpan LongestRetryDelay = TimeSpan.FromMinutes(15);

    /// <exception cref="InvalidOperationException">The connection string is missing.</exception>
    public static IHost Create(bool takesJobs)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        var settings = builder.Configuration.GetSection(WorkerSettings.Section).Get<WorkerSettings>() ?? new WorkerSettings();
        var connectionString = builder.Configuration.GetConnectionString(Database)
            ?? throw new InvalidOperationException(
                $"Set the environment variable ConnectionStrings__{Database} to the PostgreSQL database.");

        var database = NpgsqlDataSource.Create(connectionString);
        builder.Services.AddSingleton(_ => database);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(AheadTimeProvider.Create(builder.Configuration));
        builder.Services.AddSingleton<JobTable>();
        builder.Services.AddSingleton<ClockCheck>();
        builder.Services.AddSingleton<ImageQueue>();
        AddClient(builder, settings, database);
        AddQuartz(builder.Services, settings, connectionString);
        if (takesJobs)
        {
            // The running jobs are finished. A job that takes longer than the timeout is taken over as after a crash.
            builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.StopTimeout);
            builder.Services.AddQuartzHostedService(service => service.WaitForJobsToComplete = true);
        }

        return builder.Build();
    }

    /// <summary>The clients of all workers have one journal, one budget and one request rate, in the database.</summary>
    private static void AddClient(HostApplicationBuilder builder, WorkerSettings settings, NpgsqlDataSource database)
    {
        var client = builder.Services.AddImaNanoBanana(builder.Configuration.GetSection(ClientSection)).AddPostgreSql(database);
        if (settings.Budget is { } budget)
        {
            client.AddCreditBudget(budget, settings.BudgetPeriod);
        }

        if (settings.Simulator is { } address)
        {
            client.UseSimulator(address);
        }
        else if (UsesOwnSimulator(builder))
        {
            client.UseSimulator();
        }
    }

    /// <summary>
    /// Only in Development: anywhere else, a worker that lacks its key must not deliver placeholders in place of the images of the queue.
    /// </summary>
    private static bool UsesOwnSimulator(HostApplicationBuilder builder) =>
        builder.Environment.IsDevelopment()
        && string.IsNullOrWhiteSpace(builder.Configuration["IMA_API_KEY"])
        && string.IsNullOrWhiteSpace(builder.Configuration[$"{ClientSection}:{nameof(ImaNanoBananaOptions.ApiKey)}"]);

    private static void AddQuartz(IServiceCollection services, WorkerSettings settings, string connectionString) =>
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler =>
            {
                // The name of the cluster, equal in all processes.
                scheduler.InstanceName = "images";
                scheduler.GenerateInstanceId = true;

                // How late a worker sees a job that another process has stored.
                scheduler.IdleWaitTime = TimeSpan.FromSeconds(1);

                // An interrupted job is lost unless the store hands it back. A job that is finished cannot be lost.
                scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Never;
            });
            quartz.UseDefaultThreadPool(threads => threads.MaxConcurrency = settings.Concurrency);

            // For all triggers, also for those that Quartz creates for the jobs of a dead worker. A job that throws is run again, also if
            // its worker ends in the meantime. This costs nothing because the job uses its key again.
            quartz.UseDefaultRetryPolicy(RetryPolicy.Exponential(
                Math.Max(1, settings.Attempts - 1), settings.RetryDelay, 2, LongestRetryDelay, jitter: 0.2));
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(NpgsqlFactory.Instance, SchedulerConnection.Create(connectionString));
                store.ProvisionSchema();
                store.ConfigureStore(options => options.StoreJobDataAsStrings = true);
                store.UseClustering(cluster =>
                {
                    // A worker that has not reported for 4 s is considered dead, and another one takes over its jobs.
                    cluster.CheckinInterval = TimeSpan.FromSeconds(2);
                    cluster.CheckinMisfireThreshold = TimeSpan.FromSeconds(2);
                });
            });
        });
}
